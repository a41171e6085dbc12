import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Milliseconds between two looks: what lives shorter than that does not hold much. */
const every = 1000;

/** Measures what some processes and all that they started hold in memory together, until it is stopped. */
export class MemoryMeter {
  #peak = 0;
  readonly #roots: () => readonly number[];
  readonly #timer: NodeJS.Timeout;

  /** @param roots their ids, asked for again at each look */
  constructor(roots: () => readonly number[]) {
    this.#roots = roots;
    this.#timer = setInterval(() => void this.#look(), every);
    this.#timer.unref();
    void this.#look();
  }

  /** The most so far, in bytes; 0 where `ps` does not say. Pages that processes share count for each of them. */
  get peak(): number {
    return this.#peak;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    const listed = await run("ps", ["-A", "-o", "pid=,ppid=,rss="]).catch(() => ({ stdout: "" }));
    this.#peak = Math.max(this.#peak, residentBytes(listed.stdout, this.#roots()));
  }
}

/** Resident memory of processes and their descendants, in bytes, from lines of pid, parent's pid and KiB. */
export function residentBytes(listing: string, roots: readonly number[]): number {
  const rows = listing
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const members = new Set(roots);
  // A child may be listed before its parent.
  for (let size = 0; size !== members.size;) {
    size = members.size;
    for (const [pid = 0, parent = 0] of rows) if (members.has(parent)) members.add(pid);
  }
  return rows.reduce(
    (sum, [pid = 0, , kibibytes = 0]) => (members.has(pid) ? sum + kibibytes * 1024 : sum),
    0,
  );
}
