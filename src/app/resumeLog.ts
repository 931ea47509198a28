/** One finished input of a folder of results. */
type Entry = { readonly name: string; readonly format: string; readonly key: string };

/** What is finished under --out: a line an input in `notegrain-results.jsonl`, appended when its files are whole. */
export type ResumeLog = {
  has(name: string, format: string, key: string): boolean;
  /** The line to append. */
  line(name: string, format: string, key: string): string;
};

export const resumeLogName = "notegrain-results.jsonl";

/** Reads the log; lines that a crash cut off count for nothing. */
export function parseResumeLog(content: string): ResumeLog {
  const finished = new Set<string>();
  const id = (entry: Entry): string => `${entry.format}\n${entry.key}\n${entry.name}`;
  for (const line of content.split("\n")) {
    try {
      finished.add(id(JSON.parse(line) as Entry));
    } catch {
      // an empty or torn line
    }
  }
  return {
    has: (name, format, key) => finished.has(id({ name, format, key })),
    line: (name, format, key) => `${JSON.stringify({ name, format, key })}\n`,
  };
}
