import { styleText } from "node:util";

/** Rows under a bold head, each column as wide as its widest cell. */
export function tableLines(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  return [styleText("bold", line(head)), ...rows.map(line)];
}

/** Names and what they are, aligned; a value of several lines goes on below its first. */
export function fieldLines(fields: readonly (readonly [name: string, value: string])[]): readonly string[] {
  const width = Math.max(...fields.map(([name]) => name.length));
  return fields.flatMap(([name, value]) =>
    value
      .split("\n")
      .map((line, index) =>
        index === 0 ? `${styleText("bold", name.padEnd(width))}  ${line}` : `${" ".repeat(width)}  ${line}`,
      ),
  );
}
