import { expect, test } from "vitest";
import { limits, patienceFor, secondsFor } from "../../scripts/verify/limits.ts";

test.each([
  { load: 0, times: 1 },
  { load: 2, times: 1 },
  { load: 5, times: 2.5 },
  { load: 40, times: 3 },
])("a limit is $times times as long with 2 processors and a load of $load", ({ load, times }) => {
  expect(secondsFor("settle", load, 2)).toBe(limits.settle * times);
});

test("a limit grows with what the machine has to do meanwhile, and is not taken back", () => {
  let load = 1;
  const seconds = patienceFor("settle", (limit) => secondsFor(limit, load, 2));
  const asked = [1, 4, 1].map((next) => {
    load = next;
    return seconds();
  });
  expect(asked).toEqual([1, 2, 2].map((times) => limits.settle * times));
});
