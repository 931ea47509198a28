import { type Measurement, parseMeasurement } from "./measurement.ts";
import { type Frequency, parseFrequency } from "./timing.ts";

/** An amount, and how often, where the same words say both. */
export type Dose = { readonly amount: Measurement; readonly frequency: Frequency | null };

/** "25 mg", "60 mg daily", "40 mg, 3 times daily"; null where the words are more or less than that. */
export function parseDose(text: string): Dose | null {
  const amount = parseMeasurement(text);
  if (amount) return { amount, frequency: null };
  for (const gap of text.matchAll(/,?\s+/g)) {
    const first = parseMeasurement(text.slice(0, gap.index));
    const frequency = first && parseFrequency(text.slice(gap.index + gap[0].length));
    if (first && frequency) return { amount: first, frequency };
  }
  return null;
}
