import { defineConfig } from "vitest/config";

/** Tests that need more than Node: each says what it needs, and what it skipped without. */
export default defineConfig({
  test: {
    include: ["test/live/**/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 600_000,
    // Where continuous integration reads the counts.
    reporters: process.env["CI"]
      ? ["default", ["json", { outputFile: ".slipway/report/live.json" }]]
      : ["default"],
  },
});
