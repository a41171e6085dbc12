import { afterAll } from "vitest";

const endings: (() => unknown)[] = [];

// Here, when the file is read: vitest does not see a hook that another hook adds.
afterAll(async () => {
  for (const end of endings.toReversed()) await end();
});

/** Has something ended, or removed, after the tests of the file; the latest first. */
export function atEnd(end: () => unknown): void {
  endings.push(end);
}
