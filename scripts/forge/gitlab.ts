import * as v from "valibot";
import type { CheckState } from "../../synth/release/refusals.ts";
import type { Forge, PullRequest, RunForge } from "./forge.ts";

const listed = v.array(v.object({ iid: v.number(), web_url: v.string() }));

const statuses = v.array(v.object({ name: v.string(), status: v.string() }));

const states: Readonly<Record<string, CheckState>> = {
  success: "passed",
  failed: "failed",
  canceled: "failed",
};

/** GitLab, by its own command line `glab`. */
export function gitlab(glab: RunForge): Forge {
  return {
    name: "gitlab",
    open: async ({ branch, base, title, body }: PullRequest) => {
      const args = ["mr", "list", "--source-branch", branch, "--target-branch", base, "--output", "json"];
      const [open] = v.parse(listed, JSON.parse(await glab(args, "GitLab does not list merge requests")));
      if (open !== undefined) {
        const update = ["mr", "update", String(open.iid), "--title", title, "--description", body, "--yes"];
        await glab(update, `GitLab does not update ${open.web_url}`);
        return { url: open.web_url, existed: true };
      }
      const create = ["mr", "create", "--source-branch", branch, "--target-branch", base];
      const printed = await glab(
        [...create, "--title", title, "--description", body, "--yes"],
        `branch ${branch} is pushed, and GitLab does not open a merge request`,
      );
      return { url: /https?:\/\/\S+/.exec(printed)?.[0] ?? printed.trim(), existed: false };
    },
    checks: async (commit) => {
      const path = `projects/:id/repository/commits/${commit}/statuses?per_page=100`;
      const printed = await glab(["api", path], "GitLab does not list checks");
      const found = v.parse(statuses, JSON.parse(printed));
      return new Map(found.map(({ name, status }) => [name, states[status] ?? "running"]));
    },
  };
}
