import { writeWhole } from "../whole-file.ts";

/** Writes a file that only this user reads, complete at any moment. */
export function privateFile(path: string, content: string): void {
  writeWhole(path, content, 0o600);
}
