import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { findTool, whyNoTools } from "../../../scripts/tools/find.ts";
import { repository } from "../../commands/slipway.ts";

const missing = whyNoTools(["actionlint"]);
if (missing !== undefined) console.warn(`skipped workflows.test.ts: ${missing}`);

describe.skipIf(missing !== undefined)("the workflows of GitHub Actions", () => {
  test("have nothing that actionlint complains of", { timeout: 300_000 }, async () => {
    const actionlint = await findTool("actionlint");
    expect(lint(actionlint, [])).toEqual({ status: 0, output: "" });
  });

  test("would be refused with a value of the pull request in a script", { timeout: 300_000 }, async () => {
    const actionlint = await findTool("actionlint");
    const hostile = `
on: pull_request
jobs:
  check:
    runs-on: ubuntu-24.04
    steps:
      - run: echo \${{ github.event.pull_request.title }}
`;
    const { status, output } = lint(actionlint, ["-"], hostile);
    expect(status).toBe(1);
    expect(output).toContain("potentially untrusted");
  });
});

function lint(
  actionlint: string,
  files: readonly string[],
  input = "",
): { status: number | null; output: string } {
  const { status, stdout } = spawnSync(actionlint, ["-no-color", ...files], {
    cwd: repository,
    input,
    encoding: "utf8",
  });
  return { status, output: stdout };
}
