const sentences = [
  "A 67-year-old man was admitted with severe chest pain for two days and dyspnea.",
  "He takes metoprolol 25 mg oral twice daily and aspirin 100 mg daily.",
  "No fever, cough or vomiting; troponin 0.4 ng/mL, blood pressure 140/90 mmHg.",
  "The family asks whether he could walk with the physiotherapist in the long corridor of the ward.",
  "History of hypertension, diabetes and hyperlipidemia since 3 years.\n",
];
const paragraph = `${sentences.join(" ")}\nMEDICATIONS:\n`;

export const wordsOf = (text: string): number => text.trim().split(/\s+/).length;

/** A note of at least so many words, in which the fake model finds a good 3,000 entities for 10,000 words. */
export function noteOfWords(words: number): string {
  return paragraph.repeat(Math.ceil(words / wordsOf(paragraph)));
}
