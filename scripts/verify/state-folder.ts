import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isAlive } from "../process/identity.ts";
import { endRecorded } from "../process/record.ts";

/** Below the ignored folder of everything that a run leaves. */
const parent = join(".slipway", "verify");

/**
 * A folder for one run on one cluster, of a name that says which. What runs that were killed have left, processes and files, goes first. It is
 * gone with `remove`, or when this process ends in any way that it can still see.
 */
export function stateFolder(
  root: string,
  run: string,
): { readonly path: string; readonly remove: () => void } {
  const all = join(root, parent);
  mkdirSync(all, { recursive: true });
  for (const name of readdirSync(all)) {
    const [pid = ""] = name.split("-", 1);
    if (!/^\d+$/.test(pid) || isAlive({ pid: Number(pid), started: "" })) continue;
    endRecorded(join(all, name));
    rmSync(join(all, name), { recursive: true, force: true });
  }
  const path = join(all, `${process.pid}-${run}`);
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { mode: 0o700 });
  const remove = (): void => rmSync(path, { recursive: true, force: true });
  process.once("exit", remove);
  return {
    path,
    remove: () => {
      process.removeListener("exit", remove);
      remove();
    },
  };
}
