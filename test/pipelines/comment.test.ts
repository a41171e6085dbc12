import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { load } from "js-yaml";
import { array, exactOptional, object, parse, string } from "valibot";
import { afterAll, describe, expect, test } from "vitest";
import { madeReport } from "../report/made-report.ts";
import { markdownReport } from "../../scripts/report/markdown.ts";
import { repository } from "../commands/slipway.ts";

const folder = mkdtempSync(join(tmpdir(), "slipway-comment-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const workflow = parse(
  object({
    jobs: object({
      changes: object({
        steps: array(object({ name: exactOptional(string()), run: exactOptional(string()) })),
      }),
    }),
  }),
  load(readFileSync(join(repository, ".github/workflows/check.yaml"), "utf8")),
);
const { run: script = "" } =
  workflow.jobs.changes.steps.find(({ name }) => name === "Keep the comment up to date") ?? {};

/** What the step asks of the forge, whose command line finds comments of these ids. */
function asked(ids: string): readonly string[] {
  const gh = join(folder, "gh");
  const calls = join(folder, "calls");
  writeFileSync(calls, "");
  writeFileSync(gh, `#!/bin/sh\necho "$*" >> "${calls}"\ncase "$*" in *--jq*) printf '%s' '${ids}';; esac\n`);
  chmodSync(gh, 0o755);
  // As GitHub runs it.
  const { status, stderr } = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], {
    env: {
      PATH: `${folder}${delimiter}${process.env["PATH"]}`,
      GITHUB_REPOSITORY: "example/fleet",
      PULL_REQUEST: "7",
    },
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return readFileSync(calls, "utf8").trim().split("\n").slice(1);
}

describe("the comment on a pull request", () => {
  test("is written where there is none, and replaced where there is one", () => {
    expect(asked("")).toEqual(["pr comment 7 --body-file report/changes.md"]);
    const replaced =
      "api --silent --method PATCH repos/example/fleet/issues/comments/41 --field body=@report/changes.md";
    expect(asked("41")).toEqual([replaced]);
    expect(asked("41\n52")).toEqual([replaced]);
  });

  test("is found by the mark that it begins with", () => {
    const mark = /startswith\("([^"]+)"\)/.exec(script)?.[1] ?? "no mark";
    expect(markdownReport(madeReport([], [])).startsWith(mark)).toBe(true);
  });
});
