import { describe, expect, test } from "vitest";
import { slipway } from "../commands/slipway.ts";

describe.concurrent("slipway verify stops before it starts anything", () => {
  test.each([
    { args: [], what: "verify works on a live control plane only", fix: "npm run slipway -- verify --live" },
    { args: ["--live", "--cluster", "lcoal"], what: "there is no cluster lcoal", fix: "did you mean local?" },
    {
      args: ["--live", "--cluster", "local", "--base", "nowhere"],
      what: "there is no revision nowhere",
      fix: "name a commit, branch or tag",
    },
    {
      args: ["--live", "--cluster", "conversation-dev", "--reconciler", "argocd"],
      what: "conversation-dev is reconciled by flux, and is verified with that only",
      fix: "leave --reconciler out",
    },
  ])("$args: $what", async ({ args, what, fix }) => {
    const { status, stdout, stderr } = await slipway(["verify", ...args]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain(what);
    expect(stderr).toContain(fix);
  });

  test("a test that there is none of is told with those that there are", async () => {
    const { status, stderr } = await slipway(["verify", "--live", "--only", "drfit"]);
    expect(status).toBe(1);
    expect(stderr).toContain("Allowed choices are ready, order, drift,");
  });
});
