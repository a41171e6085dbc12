import { closeSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { ProblemsError } from "../../synth/model/problem.ts";
import { problemsIn } from "../output/problems-json.ts";

/** Where the process that runs a cluster tells what it does. */
export function progressOf(folder: string): string {
  return join(folder, "progress.log");
}

/** Starts the line that holds why another process gave up. */
export const problemsMark = "problems ";

/** Tells lines that another process appends to a file. Each call of what it returns tells those that have come since. */
export function followProgress(path: string, say: (line: string) => void, from = 0): () => void {
  let position = from;
  let rest = "";
  return () => {
    const text = readFrom(path, position);
    position += Buffer.byteLength(text);
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line.startsWith(problemsMark))
        throw new ProblemsError(problemsIn(JSON.parse(line.slice(problemsMark.length))));
      say(line);
    }
  };
}

/** Empty where there is no such file yet. Lines are short and come slowly: one read takes all of them. */
function readFrom(path: string, position: number): string {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return "";
  }
  try {
    const buffer = Buffer.alloc(1 << 20);
    const length = readSync(file, buffer, 0, buffer.length, position);
    return buffer.toString("utf8", 0, length);
  } finally {
    closeSync(file);
  }
}
