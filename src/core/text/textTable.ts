import { displayWidth, truncateToWidth } from "./displayWidth.ts";

export type TableColumn = {
  readonly title: string;
  readonly align?: "left" | "right";
  /** Terminal columns; longer cells are cut with an ellipsis. */
  readonly maxWidth?: number;
};

/** A table for a terminal: a title row, a rule, and one line a row. Cells may hold any text. */
export function textTable(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string {
  const titles = columns.map((column) => column.title);
  const cells = [titles, ...rows].map((row) =>
    columns.map((column, i) => truncateToWidth(plainCell(row[i] ?? ""), column.maxWidth ?? Infinity)),
  );
  const widths = columns.map((_, i) =>
    cells.reduce((widest, row) => Math.max(widest, displayWidth(row[i] ?? "")), 0),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => {
        const space = " ".repeat((widths[i] ?? 0) - displayWidth(cell));
        return columns[i]?.align === "right" ? space + cell : cell + space;
      })
      .join("  ")
      .trimEnd();
  const rule = widths.map((width) => "─".repeat(width)).join("  ");
  const [head = [], ...body] = cells;
  return `${[line(head), rule, ...body.map(line)].join("\n")}\n`;
}

/** One line, without the control and direction characters that a note could use to rewrite the screen. */
function plainCell(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "\ufffd");
}
