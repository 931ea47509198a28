/** A room's texts: words, or groups of words. */
export type Texts = { readonly [key: string]: string | Texts };

const files = import.meta.glob<Texts>("./*/*.json", { eager: true, import: "default" });

/** All texts by language and area, one file an area: `t("cases:title")` reads `cases.json`. */
export const catalogue: Readonly<Record<"en" | "zh", Readonly<Record<string, Texts>>>> = {
  en: areasOf("en"),
  zh: areasOf("zh"),
};

function areasOf(language: string): Record<string, Texts> {
  const areas: Record<string, Texts> = {};
  for (const [path, texts] of Object.entries(files)) {
    const [, folder, area] = /^\.\/(\w+)\/(\w+)\.json$/.exec(path) ?? [];
    if (folder === language && area !== undefined) areas[area] = texts;
  }
  return areas;
}
