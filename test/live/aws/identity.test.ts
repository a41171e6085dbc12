import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { slipway } from "../../commands/slipway.ts";
import { account } from "./harness/account.ts";
import type { Account } from "./harness/account.ts";
import { startMoto } from "./harness/moto.ts";
import type { Moto } from "./harness/moto.ts";
import { faultyProxy } from "./harness/proxy.ts";
import type { Proxy } from "./harness/proxy.ts";
import { cluster } from "./harness/tested-cluster.ts";
import { pythonOrNone } from "./harness/world.ts";

const python = await pythonOrNone("identity.test.ts");

describe.skipIf(python === undefined)("before anything else a deployment meets", () => {
  let moto: Moto;
  let proxy: Proxy;
  let user: Account;

  beforeAll(async () => {
    if (python === undefined) return;
    moto = await startMoto(python, cluster.account);
    proxy = await faultyProxy(moto.url);
    user = account(python, proxy.url, cluster.region, [cluster.profile, "voice-agent-nonprod"]);
    await user.aws("route53", "create-hosted-zone", "--name", "pelx.ai", "--caller-reference", "company");
  });

  beforeEach(() => {
    proxy.calls.length = 0;
  });

  afterAll(async () => {
    await proxy.close();
    await moto.stop();
    user.remove();
  });

  const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    slipway(args, { env: { ...user.env, ...env } });

  test("another account, and does nothing", async () => {
    const { status, stderr } = await run(["aws", "deploy-infra", "voice-agent-nonprod", "--yes"]);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /profile voice-agent-nonprod leads? to account 582719176192, and voice-agent-nonprod is in \d{12}/,
    );
    expect(new Set(proxy.calls)).toEqual(new Set(["GetCallerIdentity", "DescribeRegions"]));
  });

  test("a region that the account has not opted in to, and does nothing", async () => {
    proxy.rewrite("DescribeRegions", "opt-in-not-required", "not-opted-in", 1);
    const { status, stderr } = await run(["aws", "deploy-infra", cluster.name, "--yes"]);
    expect(status).toBe(1);
    expect(stderr).toContain("account 582719176192 has not opted in to us-west-2");
    expect(stderr).toContain("nothing was done");
    expect(new Set(proxy.calls)).toEqual(new Set(["GetCallerIdentity", "DescribeRegions"]));
  });

  test("an expired session, and says how to get a new one", async () => {
    proxy.inject("GetCallerIdentity", "expired", 1);
    const { status, stderr } = await run(["aws", "deploy-infra", cluster.name, "--yes"]);
    expect(status).toBe(1);
    expect(stderr).toContain("the session for account 582719176192 has expired");
    expect(stderr).toContain("aws sso login --profile ai-sandbox-administrator");
  });

  test("a caller whose shell points elsewhere, and asks the definition's account and region all the same", async () => {
    const elsewhere = {
      AWS_PROFILE: "nobody",
      AWS_REGION: "eu-central-1",
      AWS_ACCESS_KEY_ID: "AKIAOTHER",
      AWS_SECRET_ACCESS_KEY: "x",
    };
    const { status, stderr } = await run(["aws", "deploy-infra", cluster.name, "--dry-run"], elsewhere);
    expect(status, stderr).toBe(0);
    expect(stderr).toContain("attractor-factory: account 582719176192, us-west-2,");
  });

  test("a profile that the machine does not have, and names it", async () => {
    const { status, stderr } = await run(["aws", "outputs", "conversation-dev"]);
    expect(status).toBe(1);
    expect(stderr).toContain("there is no AWS profile conversation-dev on this machine");
  });
});
