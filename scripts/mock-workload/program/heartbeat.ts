import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Where a worker, which has no port to be asked at, says that it lives: its probes look at the file's age. */
const heartbeatFile = "/tmp/worker-health";
/** Milliseconds between two beats, a quarter of what probes allow. */
const period = 30_000;

/**
 * Beats until it is told to stop.
 *
 * @param root folder that stands for `/`
 * @returns stops it, and takes the file away
 */
export function beat(root: string): () => void {
  const file = join(root, heartbeatFile);
  const write = (): void => writeFileSync(file, `${Date.now()}\n`);
  write();
  const timer = setInterval(write, period);
  return () => {
    clearInterval(timer);
    rmSync(file, { force: true });
  };
}
