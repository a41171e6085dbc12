import { describe, expect, test } from "vitest";
import { slipway } from "../commands/slipway.ts";

describe("slipway aws", () => {
  test("refuses a cluster that is not on AWS, and names those that are", async () => {
    const { status, stderr } = await slipway(["aws", "deploy-infra", "local", "--dry-run"]);
    expect(status).toBe(1);
    expect(stderr).toContain("local is not on AWS");
    expect(stderr).toContain("name one of: voice-agent-nonprod");
  });

  test("refuses a cluster that is misspelled before it asks AWS", async () => {
    const { status, stderr } = await slipway(["aws", "outputs", "attractor-factori"]);
    expect(status).toBe(1);
    expect(stderr).toContain("there is no cluster attractor-factori");
    expect(stderr).toContain("attractor-factory");
  });

  test("runs nothing for a flag that it does not know", async () => {
    const { status, stderr } = await slipway(["aws", "deploy-infra", "attractor-factory", "--dryrun"]);
    expect(status).toBe(1);
    expect(stderr).toContain("unknown option '--dryrun'");
  });

  test("takes flags back that npm took for itself", async () => {
    const { status, stderr } = await slipway(["aws", "deploy-infra", "attractor-factory"], {
      env: { npm_lifecycle_event: "slipway", npm_config_dry_run: "true" },
    });
    expect(status).toBe(1);
    expect(stderr).toContain("npm run slipway -- aws deploy-infra attractor-factory --dry-run");
  });

  test("says so where there is no aws to run", async () => {
    const { status, stderr } = await slipway(["aws", "deploy-infra", "attractor-factory", "--dry-run"], {
      env: { PATH: "/usr/bin:/bin" },
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(/there is no aws to run|no AWS profile ai-sandbox-administrator/);
  });
});
