import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { awsOf } from "../../../scripts/aws/aws.ts";
import type { Aws } from "../../../scripts/aws/aws.ts";
import { describeStack } from "../../../scripts/aws/stacks/describe.ts";
import { deployStack } from "../../../scripts/aws/stacks/deploy-stack.ts";
import { takeLock } from "../../../scripts/lock/lock.ts";
import { ProblemsError } from "../../../synth/model/problem.ts";
import { slipway } from "../../commands/slipway.ts";
import { account } from "./harness/account.ts";
import type { Account } from "./harness/account.ts";
import { startMoto } from "./harness/moto.ts";
import type { Moto } from "./harness/moto.ts";
import { faultyProxy } from "./harness/proxy.ts";
import type { Proxy } from "./harness/proxy.ts";
import { cluster } from "./harness/tested-cluster.ts";
import { pythonOrNone } from "./harness/world.ts";

const python = await pythonOrNone("faults.test.ts");
const folder = mkdtempSync(join(tmpdir(), "slipway-faults-"));

type Part = "Bucket" | "Repository" | "Role";

/** A stack of these resources, each called after it. */
function template(name: string, parts: readonly Part[]): string {
  const path = join(folder, `${name}-${parts.join("")}.yaml`);
  const resources = {
    Bucket: { Type: "AWS::S3::Bucket", Properties: { BucketName: `${name}-bucket` } },
    Repository: { Type: "AWS::ECR::Repository", Properties: { RepositoryName: `${name}/app` } },
    Role: { Type: "AWS::IAM::Role", Properties: { RoleName: name, AssumeRolePolicyDocument: {} } },
  };
  const chosen = Object.fromEntries(parts.map((part) => [part, resources[part]]));
  writeFileSync(path, JSON.stringify({ AWSTemplateFormatVersion: "2010-09-09", Resources: chosen }));
  return path;
}

describe.skipIf(python === undefined)("a deployment meets", () => {
  let moto: Moto;
  let proxy: Proxy;
  let user: Account;
  let aws: Aws;
  const said: string[] = [];

  beforeAll(async () => {
    if (python === undefined) return;
    moto = await startMoto(python, cluster.account);
    proxy = await faultyProxy(moto.url);
    user = account(python, proxy.url, cluster.region, [cluster.profile]);
    await user.aws("route53", "create-hosted-zone", "--name", "pelx.ai", "--caller-reference", "company");
    for (const [name, value] of Object.entries(user.env)) vi.stubEnv(name, value);
    aws = awsOf({
      cluster: cluster.name,
      account: "582719176192",
      region: "us-west-2",
      profile: cluster.profile,
    });
  });

  afterEach(() => {
    said.length = 0;
    proxy.calls.length = 0;
  });

  afterAll(async () => {
    vi.unstubAllEnvs();
    await proxy.close();
    await moto.stop();
    user.remove();
    rmSync(folder, { recursive: true });
  });

  const deploy = async (name: string, parts: readonly Part[], allowed: readonly string[] = []) => {
    const deployment = {
      aws,
      allowed,
      dryRun: false,
      say: (line: string) => said.push(line),
      confirm: async () => {},
    };
    const stack = {
      name,
      kind: "ecr",
      phase: "infrastructure",
      template: { AWSTemplateFormatVersion: "2010-09-09", Description: "", Resources: {}, Outputs: {} },
      text: "",
      parameters: {},
      capabilities: [],
      roles: {},
      tags: {},
    } as const;
    const wanted = { stack, template: template(name, parts), parameters: {} };
    try {
      const result = await deployStack(deployment, wanted, await describeStack(aws, name));
      return result === "unchanged" ? result : result.status;
    } catch (error) {
      if (error instanceof ProblemsError) return error.problems[0];
      throw error;
    }
  };
  const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    slipway(args, { env: { ...user.env, ...env } });

  test("throttling, and goes on when AWS lets it", async () => {
    proxy.inject("CreateChangeSet", "throttled", 3);
    expect(await deploy("throttled", ["Bucket"])).toBe("CREATE_COMPLETE");
    expect(proxy.calls.filter((action) => action === "CreateChangeSet")).toHaveLength(4);
  });

  test("errors of AWS's servers, and goes on when they are over", async () => {
    proxy.inject("DescribeStacks", "broken", 2);
    expect(await deploy("broken", ["Bucket"])).toBe("CREATE_COMPLETE");
  });

  test("a lost answer, and takes what it asked for as done once", async () => {
    proxy.inject("CreateChangeSet", "hung-up", 1);
    expect(await deploy("hung-up", ["Bucket"])).toBe("CREATE_COMPLETE");
    proxy.inject("ExecuteChangeSet", "hung-up", 1);
    expect(await deploy("hung-up", ["Bucket", "Repository"])).toBe("UPDATE_COMPLETE");
    expect(await deploy("hung-up", ["Bucket", "Repository"])).toBe("unchanged");
  });

  test("a name that is taken, says so, and on the next run begins anew", async () => {
    await user.aws("iam", "create-role", "--role-name", "taken", "--assume-role-policy-document", "{}");
    expect(await deploy("taken", ["Role"])).toMatchObject({
      what: expect.stringMatching(/^taken is ROLLBACK_COMPLETE: .*already exists/),
      fix: expect.stringContaining("the name is taken by something outside the stack"),
    });
    await user.aws("iam", "delete-role", "--role-name", "taken");
    expect(await deploy("taken", ["Role"])).toBe("CREATE_COMPLETE");
    expect(said.join("\n")).toContain(
      "its creation failed and was taken back; it is deleted, then created again",
    );
  });

  test("a stack that somebody else is changing, and waits for the end", async () => {
    expect(await deploy("busy", ["Bucket"])).toBe("CREATE_COMPLETE");
    proxy.rewrite("DescribeStacks", "CREATE_COMPLETE", "UPDATE_IN_PROGRESS", 3);
    expect(await deploy("busy", ["Bucket", "Repository"])).toBe("UPDATE_COMPLETE");
    expect(said.join("\n")).toContain("busy is UPDATE_IN_PROGRESS: waiting for its end");
  });

  test("a stack that cannot be rolled back, and says what a person has to do", async () => {
    expect(await deploy("stuck", ["Bucket"])).toBe("CREATE_COMPLETE");
    proxy.rewrite("DescribeStacks", "CREATE_COMPLETE", "UPDATE_ROLLBACK_FAILED", 2);
    expect(await deploy("stuck", ["Bucket", "Repository"])).toMatchObject({
      what: expect.stringContaining("stuck is UPDATE_ROLLBACK_FAILED"),
      fix: expect.stringContaining(
        "aws cloudformation continue-update-rollback --stack-name stuck --profile ai-sandbox-administrator --region us-west-2",
      ),
    });
  });

  test("a change that would lose data, and refuses it until it is allowed by name", async () => {
    expect(await deploy("keeper", ["Bucket", "Repository"])).toBe("CREATE_COMPLETE");
    proxy.calls.length = 0;
    expect(await deploy("keeper", ["Repository"])).toMatchObject({
      what: "keeper would lose Bucket (AWS::S3::Bucket); nothing was changed",
      fix: expect.stringContaining("--allow keeper/Bucket"),
    });
    expect(proxy.calls).not.toContain("ExecuteChangeSet");
    expect(await deploy("keeper", ["Repository"], ["keeper/Bucket"])).toBe("UPDATE_COMPLETE");
  });

  test("another deployment of the cluster, and says whose; a dead one is no other", async () => {
    const place = join(import.meta.dirname, "../../../.slipway/aws", cluster.name);
    mkdirSync(place, { recursive: true });
    const error = new Error("held");
    const release = takeLock({
      lock: join(place, "lock"),
      patience: 0,
      heldBy: () => error,
      unreadable: () => error,
    });
    const held = await run(["aws", "deploy-infra", cluster.name]);
    release();
    expect(held.status).toBe(1);
    expect(held.stderr).toContain(`process ${process.pid} on `);
    expect(held.stderr).toContain("has been deploying attractor-factory since");
    const free = await run(["aws", "deploy-infra", cluster.name]);
    expect(free.stderr).not.toContain("has been deploying");
  });
});
