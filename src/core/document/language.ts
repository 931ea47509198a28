import type { Language } from "./noteDocument.ts";

/**
 * Chinese where at least a fifth of the letters are Han, else English: Chinese notes carry Latin
 * abbreviations and drug names, English ones hardly any Han.
 */
export function detectLanguage(text: string): Language {
  const sample = text.slice(0, 20_000);
  const han = sample.match(/\p{Script=Han}/gu)?.length ?? 0;
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  return han > 0 && han * 5 >= letters ? "zh" : "en";
}
