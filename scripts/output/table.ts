import { styleText } from "node:util";

/** Narrowest that a column becomes for a narrow terminal, in characters: enough to tell most names apart. */
const narrowest = 12;
const gap = "  ";

/** Width of the terminal that output goes to; none where it goes to a file or another program. */
export function terminalWidth(): number {
  return process.stdout.isTTY ? process.stdout.columns : Infinity;
}

/**
 * Rows under a bold head, each column as wide as its widest cell. Where that is wider than `width`, in characters, the
 * widest columns after the first, which names the row, are cut to fit, their longer cells ending in `…`.
 */
export function tableLines(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width = Infinity,
): readonly string[] {
  const widths = fitting(
    head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0))),
    width,
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cut(cell, widths[column] ?? cell.length).padEnd(widths[column] ?? 0))
      .join(gap)
      .trimEnd();
  return [styleText("bold", line(head)), ...rows.map(line)];
}

/** The widths, with the widest after the first made narrower one by one until all of them fit, or none can be. */
function fitting(natural: readonly number[], width: number): readonly number[] {
  const widths = [...natural];
  const over = () => widths.reduce((sum, each) => sum + each, gap.length * (widths.length - 1)) - width;
  while (over() > 0) {
    const widest = Math.max(...widths.slice(1));
    if (widest <= narrowest) break;
    widths[widths.indexOf(widest, 1)] = widest - 1;
  }
  return widths;
}

function cut(cell: string, width: number): string {
  return cell.length <= width ? cell : `${cell.slice(0, width - 1)}…`;
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
