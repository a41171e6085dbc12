import { availableParallelism, totalmem } from "node:os";

/** Clusters that a machine is never asked for at once: beyond that, they wait for its disk. */
const most = 4;
/** Bytes that a cluster may take, and as much again for everything else. */
const each = 4 * 2 ** 30;

/** How many clusters this machine verifies at once: they wait more than they compute, and take 2 GiB. */
export function clustersAtOnce(processors = availableParallelism(), memory = totalmem()): number {
  return Math.max(1, Math.min(processors, Math.floor(memory / each), most));
}

/**
 * Does this for every item, a few at a time, and returns the results in the items' order. Where one throws, no further
 * one is begun, and the error is thrown when those that were begun have ended.
 */
export async function severalAtOnce<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results = new Map<number, Result>();
  const errors: unknown[] = [];
  const waiting = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of waiting) {
      if (errors.length > 0) return;
      await work(item).then(
        (result) => results.set(index, result),
        (error: unknown) => errors.push(error),
      );
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  if (errors.length > 0) throw errors[0];
  return [...results].toSorted(([a], [b]) => a - b).map(([, result]) => result);
}
