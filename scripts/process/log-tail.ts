import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** Bytes from the end of a log that are looked at. */
const longest = 1 << 16;

/** The last lines of a log that may be long; empty where there is none. */
export function logTail(path: string, lines = 20): readonly string[] {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return [];
  }
  try {
    const { size } = fstatSync(file);
    const length = Math.min(size, longest);
    const buffer = Buffer.alloc(length);
    readSync(file, buffer, 0, length, size - length);
    return buffer.toString("utf8").trimEnd().split("\n").slice(-lines);
  } finally {
    closeSync(file);
  }
}
