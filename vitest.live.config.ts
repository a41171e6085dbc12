import { defineConfig } from "vitest/config";

/** Tests that need no more than Node, but more time than a person waits for `npm test`. */
export const slow = ["test/faults/**/*.test.ts", "test/tree/kill.test.ts", "test/documents/commands.test.ts"];

const fleet = "test/live/verify/clusters.test.ts";

/** Tests that need more than Node, or more time: each says what it needs, and what it skipped without. */
export default defineConfig({
  test: {
    globalSetup: "test/live/build-tools.ts",
    testTimeout: 300_000,
    hookTimeout: 600_000,
    // Most of them wait for control planes more than they work; three at once would wait for each other.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: "parts",
          include: ["test/live/**/*.test.ts", ...slow],
          exclude: [fleet],
          sequence: { groupOrder: 0 },
        },
      },
      // By itself, when all others are done: it runs as many clusters at once as the machine has room for.
      { extends: true, test: { name: "fleet", include: [fleet], sequence: { groupOrder: 1 } } },
    ],
    // Where continuous integration reads the counts.
    reporters: process.env["CI"]
      ? ["default", ["json", { outputFile: ".slipway/report/live.json" }]]
      : ["default"],
  },
});
