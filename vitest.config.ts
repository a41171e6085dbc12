import { defineConfig } from "vitest/config";
import { slow } from "./vitest.live.config.ts";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/live/**", ...slow],
    testTimeout: 30_000,
    // By default one worker fewer than there are processors, which on two is one. Tests wait for the command line and for
    // disks much of their time: on two processors a third worker takes 118 s instead of 134, measured with nothing else running.
    maxWorkers: 3,
    // Where continuous integration reads the counts.
    reporters: process.env["CI"]
      ? ["default", ["json", { outputFile: ".slipway/report/unit.json" }]]
      : ["default"],
  },
});
