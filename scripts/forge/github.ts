import * as v from "valibot";
import type { CheckState } from "../../synth/release/refusals.ts";
import type { Forge, PullRequest, RunForge } from "./forge.ts";

const listed = v.array(v.object({ number: v.number(), url: v.string() }));

const runs = v.array(v.object({ name: v.string(), status: v.string(), conclusion: v.nullable(v.string()) }));

/** GitHub, by its own command line `gh`. */
export function github(gh: RunForge): Forge {
  return {
    name: "github",
    open: async ({ branch, base, title, body }: PullRequest) => {
      const args = [
        "pr",
        "list",
        "--head",
        branch,
        "--base",
        base,
        "--state",
        "open",
        "--json",
        "number,url",
      ];
      const [open] = v.parse(listed, JSON.parse(await gh(args, "GitHub does not list pull requests")));
      if (open !== undefined) {
        const edit = ["pr", "edit", String(open.number), "--title", title, "--body", body];
        await gh(edit, `GitHub does not update ${open.url}`);
        return { url: open.url, existed: true };
      }
      const create = ["pr", "create", "--head", branch, "--base", base, "--title", title, "--body", body];
      const printed = await gh(create, `branch ${branch} is pushed, and GitHub does not open a pull request`);
      return { url: printed.trim().split("\n").at(-1) ?? "", existed: false };
    },
    checks: async (commit) => {
      const path = `repos/{owner}/{repo}/commits/${commit}/check-runs?per_page=100`;
      const printed = await gh(["api", path, "--jq", ".check_runs"], "GitHub does not list checks");
      return new Map(v.parse(runs, JSON.parse(printed)).map((run) => [run.name, stateOf(run)]));
    },
  };
}

function stateOf({ status, conclusion }: v.InferOutput<typeof runs>[number]): CheckState {
  if (status !== "completed") return "running";
  return conclusion === "success" || conclusion === "neutral" || conclusion === "skipped"
    ? "passed"
    : "failed";
}
