import { expect, test } from "vitest";
import { limits, secondsFor } from "../../scripts/verify/limits.ts";

test.each([
  { load: 0, times: 1 },
  { load: 2, times: 1 },
  { load: 5, times: 2.5 },
  { load: 40, times: 3 },
])("a limit is $times times as long with 2 processors and a load of $load", ({ load, times }) => {
  expect(secondsFor("settle", load, 2)).toBe(limits.settle * times);
});
