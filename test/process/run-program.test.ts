import { expect, test } from "vitest";
import { runProgram } from "../../scripts/process/run-program.ts";

const reasonOf = async (script: string) => (await runProgram(process.execPath, ["-e", script])).reason;
const failingWith = (stderr: string) => reasonOf(`console.error(${JSON.stringify(stderr)}); process.exit(1)`);

test("the reason of a failure is Helm's last error, over its lines and without the advice after it", async () => {
  const stderr = [
    "level=WARN msg=old",
    "Error: a.yaml:1:2",
    "  calling required: set the host",
    "",
    "Use --debug flag to render out invalid YAML",
  ].join("\n");
  expect(await failingWith(stderr)).toBe("a.yaml:1:2 calling required: set the host");
});

test("the reason of a failure without an error line is the last line", async () => {
  expect(await failingWith("first\nlast")).toBe("last");
});

test("the reason of a failure without a word is that it failed", async () => {
  expect(await reasonOf("process.exit(3)")).toContain("Command failed");
});
