import { randomUUID } from "node:crypto";
import { renameSync, rmSync, writeFileSync } from "node:fs";

/**
 * Puts content under a name, in the place of what is there: whoever reads it, even after a kill, finds the old content
 * or the new one, and nothing in between. Its folder is there.
 *
 * @param mode its permissions, before the process's umask. Default: what every new file gets
 */
export function writeWhole(path: string, content: string | Uint8Array, mode = 0o666): void {
  // Nobody else has a file of this name, so what is there on an error is ours.
  const next = `${path}.${randomUUID()}.new`;
  try {
    writeFileSync(next, content, { flag: "wx", mode });
    renameSync(next, path);
  } catch (error) {
    rmSync(next, { force: true });
    throw error;
  }
}
