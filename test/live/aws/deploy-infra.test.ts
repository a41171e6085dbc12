import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { atTerminal } from "../../aws-scripts/terminal.ts";
import { cluster } from "./harness/tested-cluster.ts";
import { newWorld, pythonOrNone } from "./harness/world.ts";
import type { World } from "./harness/world.ts";

const python = await pythonOrNone("deploy-infra.test.ts");

describe.skipIf(python === undefined)("slipway aws deploy-infra", () => {
  let world: World;

  beforeAll(async () => {
    if (python !== undefined) world = await newWorld(python);
  });

  const stackNames = async () => JSON.stringify(await world.account.aws("cloudformation", "list-stacks"));

  test("a dry run says what would be made, and makes nothing", async () => {
    const { status, stderr, stdout } = await world.run(["aws", "deploy-infra", cluster.name, "--dry-run"]);
    expect({ status, stdout, stderr }).toMatchObject({ status: 0 });
    expect(stderr).toContain("attractor-factory-network would be created");
    expect(stderr).toMatch(/\+ Vpc {2}AWS::EC2::VPC/);
    expect(await stackNames()).toContain('"StackSummaries":[]');
  });

  test("without --yes and without a terminal it shows the change set, and stops", async () => {
    const { status, stderr } = await world.run(["aws", "deploy-infra", cluster.name]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/\+ Vpc {2}AWS::EC2::VPC/);
    expect(stderr).toContain("nobody is there to ask");
  });

  test("at a terminal it asks before each stack: yes makes it, anything else ends it there", async () => {
    if (python === undefined) return;
    const command = [
      process.execPath,
      join(world.clone.root, "scripts/cli.ts"),
      "aws",
      "deploy-infra",
      cluster.name,
    ];
    const env = { ...process.env, ...world.account.env };
    const { status, text } = await atTerminal(python.program("python"), command, ["yes\n", "y\n"], env);
    expect(status, text).toBe(1);
    expect(text.match(/\(yes\/no\)/g)).toHaveLength(2);
    expect(text).toContain("not confirmed: ");
    const made = JSON.stringify(await world.account.aws("cloudformation", "describe-stacks"));
    expect(made.match(/"StackStatus":"CREATE_COMPLETE"/g)).toHaveLength(1);
  });

  test("makes every stack, each from the outputs of those before", async () => {
    const { status, stderr, stdout } = await world.run(["aws", "deploy-infra", cluster.name, "--yes"]);
    expect(status, stderr).toBe(0);
    expect(stdout).toBe("stacks of attractor-factory: done\n");
  });

  test("does nothing the second time", async () => {
    const { status, stdout, stderr } = await world.run(["aws", "deploy-infra", cluster.name, "--yes"]);
    expect({ status, stdout, stderr }).toMatchObject({
      status: 0,
      stdout: "stacks of attractor-factory: unchanged\n",
    });
    expect(stderr).not.toContain("change set");
  });

  test("then outputs writes the facts, and finds them in step afterwards", async () => {
    expect(await world.run(["aws", "outputs", cluster.name, "--check"])).toMatchObject({ status: 2 });
    const written = await world.run(["aws", "outputs", cluster.name]);
    expect(written).toMatchObject({ status: 0 });
    expect(written.stdout).toMatch(/^vpcId: vpc-1234567890abcdef0 → vpc-[0-9a-f]+$/m);
    expect(await world.run(["aws", "outputs", cluster.name, "--check"])).toMatchObject({ status: 0 });
    expect(await world.run(["synth", "--cluster", cluster.name])).toMatchObject({ status: 0, stderr: "" });
  });

  test("killed between the facts and the releases that hold them, it goes on when it is run again", async () => {
    world.clone.git("checkout", "--quiet", "--", "apps");
    expect((await world.run(["synth"])).stderr).toContain("release-frozen");
    const { status, stderr } = await world.run(["aws", "outputs", cluster.name]);
    expect(status, stderr).toBe(0);
    expect(stderr).toContain("attractor-factory-prod on attractor-factory: from ");
    expect(await world.run(["synth", "--check"])).toMatchObject({ status: 0, stderr: "" });
  });
});
