import { useText } from "./useText.ts";

/** The window: header, panes, screens. */
export function Frame() {
  const { t } = useText();
  return <main>{t("name")}</main>;
}
