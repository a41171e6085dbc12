import { renameSync, writeFileSync } from "node:fs";

/** Writes a file that only this user reads, complete at any moment. */
export function privateFile(path: string, content: string): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, content, { mode: 0o600 });
  renameSync(draft, path);
}
