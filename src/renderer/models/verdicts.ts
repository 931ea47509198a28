import type { ModelReport } from "#contract/records.ts";

/** One thing to know before a model is added; `bad` stands in the way of adding it. */
export type Verdict = {
  readonly id: "load" | "memory" | "speed" | "licence" | "base" | "effect" | "prompt" | "tags";
  readonly level: "good" | "warn" | "bad";
  /** Text key under "models:verdict.". */
  readonly text: string;
};

/** Seconds for a note of 600 words above which a reader would rather do something else meanwhile. */
const slowSeconds = 60;

/** What speaks for and against a model or adapter, most important first. */
export function verdictsOf(report: ModelReport): readonly Verdict[] {
  const { adapter } = report;
  const verdicts: Verdict[] = [];
  if (adapter !== null) {
    verdicts.push(
      adapter.fitsBase
        ? { id: "base", level: "good", text: "baseFits" }
        : { id: "base", level: "bad", text: "baseWrong" },
    );
    if (adapter.changesOutput !== null) {
      verdicts.push(
        adapter.changesOutput
          ? { id: "effect", level: "good", text: "effectYes" }
          : { id: "effect", level: "warn", text: "effectNo" },
      );
    }
  }
  if (adapter?.otherPrompt) verdicts.push({ id: "prompt", level: "warn", text: "promptOther" });
  verdicts.push(
    report.fitsMemory
      ? { id: "memory", level: "good", text: "memoryFits" }
      : { id: "memory", level: "bad", text: "memoryShort" },
  );
  if (report.failure) verdicts.push({ id: "load", level: "bad", text: "loadFailed" });
  else if (report.secondsPerNote === null)
    verdicts.push({ id: "speed", level: "warn", text: "speedUnknown" });
  else if (report.secondsPerNote > slowSeconds)
    verdicts.push({ id: "speed", level: "warn", text: "speedSlow" });
  else verdicts.push({ id: "speed", level: "good", text: "speed" });
  if (report.kind === "model") {
    verdicts.push(
      report.grounded
        ? { id: "tags", level: "good", text: "tagsYes" }
        : { id: "tags", level: "warn", text: "tagsNo" },
    );
  }
  verdicts.push(
    report.licence === null
      ? { id: "licence", level: "warn", text: "licenceUnknown" }
      : { id: "licence", level: "good", text: "licence" },
  );
  return verdicts;
}

/** Whether it can be added: an adapter for another base or a model larger than the memory cannot be used, nor one that failed when it was tried. */
export function canAdd(report: ModelReport): boolean {
  return verdictsOf(report).every((verdict) => verdict.level !== "bad");
}

/** The size of a model as people say it: 8 B, 26 M. */
export function parametersInWords(parameters: number): { readonly value: number; readonly unit: "M" | "B" } {
  return parameters >= 1e9
    ? { value: Math.round(parameters / 1e8) / 10, unit: "B" }
    : { value: Math.round(parameters / 1e6), unit: "M" };
}
