import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { beside } from "./harness/beside.ts";
import { cluster, newWorld, pythonOrNone } from "./harness/world.ts";
import type { World } from "./harness/world.ts";

const python = await pythonOrNone("teardown.test.ts");

const subnet = (block: number) => ({
  Type: "AWS::EC2::Subnet",
  Properties: { VpcId: { Ref: "Vpc" }, CidrBlock: `10.42.${block}.0/24` },
});

describe.skipIf(python === undefined)("slipway aws teardown", () => {
  let world: World;

  const others = (...what: readonly string[]) =>
    python === undefined ? "" : beside(python, world.moto.url, cluster.region, ...what);
  const teardown = (...options: readonly string[]) =>
    world.run(["aws", "teardown", cluster.name, ...options]);

  beforeAll(async () => {
    if (python === undefined) return;
    world = await newWorld(python);
    const template = join(world.clone.root, "network.json");
    const resources = {
      Vpc: { Type: "AWS::EC2::VPC", Properties: { CidrBlock: "10.42.0.0/16" } },
      SubnetA: subnet(1),
      SubnetB: subnet(2),
    };
    const outputs = { VpcId: { Value: { Ref: "Vpc" } } };
    writeFileSync(template, JSON.stringify({ Resources: resources, Outputs: outputs }));
    const stack = ["--stack-name", "attractor-factory-network", "--template-body", `file://${template}`];
    await world.account.aws("cloudformation", "create-stack", ...stack);
  });

  const stacks = async () => JSON.stringify(await world.account.aws("cloudformation", "describe-stacks"));

  test("refuses while data or load balancers would be left behind, lists each, and deletes nothing", async () => {
    const [volume = "", snapshot = ""] = (await others("leave")).split(" ");
    const hostname = await others(
      "load-balancer",
      "factory",
      /vpc-[0-9a-f]+/.exec(await stacks())?.[0] ?? "",
    );
    expect(hostname).toContain(".elb.amazonaws.com");
    const { status, stderr } = await teardown("--yes", cluster.name);
    expect(status, stderr).toBe(1);
    expect(stderr).toContain(`volume ${volume} (20 GiB) would be left behind; nothing was deleted`);
    expect(stderr).toContain(`snapshot ${snapshot} would be left behind`);
    expect(stderr).toMatch(/load balancer arn:aws:elasticloadbalancing:\S+ would be left behind/);
    expect(await stacks()).toContain("attractor-factory-network");
  });

  test("asks for the cluster's name once more", async () => {
    await others("clear");
    const { status, stderr } = await teardown("--yes", "attractor-factory-nonprod");
    expect(status, stderr).toBe(1);
    expect(stderr).toContain("taking attractor-factory down is not confirmed");
    expect(await stacks()).toContain("attractor-factory-network");
  });

  test("then deletes the stacks, and has nothing to do the next time", async () => {
    const first = await teardown("--yes", cluster.name);
    expect(first.status, first.stderr).toBe(0);
    expect(first.stdout).toBe("stacks of attractor-factory: done\n");
    expect(await stacks()).toBe('{"Stacks":[]}');
    expect((await teardown("--yes", cluster.name)).stdout).toBe("stacks of attractor-factory: unchanged\n");
  });
});
