import { setTimeout as sleep } from "node:timers/promises";

export interface Waiting {
  /** Milliseconds between the first two looks; it doubles up to `longestPause`. Default: 1000. */
  readonly firstPause?: number;
  /** Milliseconds. Default: 10 000, a few of which are lost at most at the end of something that takes minutes. */
  readonly longestPause?: number;
  /** Milliseconds after which it is given up. */
  readonly patience: number;
}

/** Looks again and again until there is something. Undefined if patience ends before. */
export async function waitFor<Result>(
  look: () => Promise<Result | undefined>,
  { firstPause = 1000, longestPause = 10_000, patience }: Waiting,
): Promise<Result | undefined> {
  const end = Date.now() + patience;
  for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() + pause > end) return undefined;
    await sleep(pause);
  }
}

export const minutes = (count: number): number => count * 60_000;
