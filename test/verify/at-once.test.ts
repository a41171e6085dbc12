import { describe, expect, test } from "vitest";
import { clustersAtOnce, severalAtOnce } from "../../scripts/verify/at-once.ts";

const gibibyte = 2 ** 30;

describe("clusters that are verified at once", () => {
  test.each([
    { processors: 2, memory: 24, most: 2 },
    { processors: 2, memory: 7, most: 1 },
    { processors: 1, memory: 2, most: 1 },
    { processors: 32, memory: 256, most: 4 },
  ])("are $most with $processors processors and $memory GiB", ({ processors, memory, most }) => {
    expect(clustersAtOnce(processors, memory * gibibyte)).toBe(most);
  });

  test("are never more, and are reported in the order in which they were given", async () => {
    let running = 0;
    let peak = 0;
    const results = await severalAtOnce([30, 5, 10, 1], 2, async (milliseconds) => {
      running += 1;
      peak = Math.max(peak, running);
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      running -= 1;
      return milliseconds;
    });
    expect(results).toEqual([30, 5, 10, 1]);
    expect(peak).toBe(2);
  });

  test("end by themselves where another one breaks off, and no further one is begun", async () => {
    const ended: string[] = [];
    const all = severalAtOnce(["long", "broken", "never"], 2, async (name) => {
      if (name === "broken") throw new Error(name);
      await new Promise((resolve) => setTimeout(resolve, 20));
      ended.push(name);
    });
    await expect(all).rejects.toThrow("broken");
    expect(ended).toEqual(["long"]);
  });
});
