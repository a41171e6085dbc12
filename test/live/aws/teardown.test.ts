import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { beside } from "./harness/beside.ts";
import { cluster } from "./harness/tested-cluster.ts";
import { newWorld, pythonOrNone } from "./harness/world.ts";
import type { Clone } from "./harness/clone.ts";
import type { World } from "./harness/world.ts";

const python = await pythonOrNone("teardown.test.ts");

const subnet = (block: number) => ({
  Type: "AWS::EC2::Subnet",
  Properties: { VpcId: { Ref: "Vpc" }, CidrBlock: `10.42.${block}.0/24` },
});

const bucket = `${cluster.name}-backups-${cluster.account}-${cluster.region}`;

/** Gives the cluster a file system and a bucket. */
function storeData(clone: Clone): void {
  const definition = `clusters/${cluster.name}.ts`;
  clone.edit(definition, 'zone: "pelx.ai"', 'zone: "pelx.ai", buckets: [{ name: "backups" }]');
  clone.edit(definition, 'outputs: ["certificateArn"', 'outputs: ["certificateArn", "fileSystemId"');
  clone.edit(
    definition,
    "({ certificateArn }) => ({",
    '({ certificateArn, fileSystemId }) => ({ sharedStorage: { driver: "efs", className: "efs-sc", fileSystemId },',
  );
  const role = `"kube-system/efs-csi-controller-sa": "arn:aws:iam::${cluster.account}:role/${cluster.name}-efs-csi-controller-sa",`;
  clone.edit(
    `clusters/facts/${cluster.name}.json`,
    '"roles": {',
    `"fileSystemId": "fs-0123456789abcdef0", "roles": { ${role}`,
  );
}

describe.skipIf(python === undefined)("slipway aws teardown", () => {
  let world: World;

  const others = (...what: readonly string[]) =>
    python === undefined ? "" : beside(python, world.moto.url, cluster.region, ...what);
  const teardown = (...options: readonly string[]) =>
    world.run(["aws", "teardown", cluster.name, ...options]);

  beforeAll(async () => {
    if (python === undefined) return;
    world = await newWorld(python, { prepare: storeData });
    await createStack(
      "network",
      {
        Vpc: { Type: "AWS::EC2::VPC", Properties: { CidrBlock: "10.42.0.0/16" } },
        SubnetA: subnet(1),
        SubnetB: subnet(2),
      },
      { VpcId: { Value: { Ref: "Vpc" } }, SubnetId: { Value: { Ref: "SubnetA" } } },
    );
    await createStack(
      "storage",
      {
        Files: { Type: "AWS::EFS::FileSystem", Properties: {} },
        Backups: { Type: "AWS::S3::Bucket", Properties: { BucketName: bucket } },
      },
      { FileSystemId: { Value: { Ref: "Files" } } },
    );
  });

  async function createStack(name: string, resources: object, outputs: object): Promise<void> {
    const template = join(world.clone.root, `${name}.json`);
    writeFileSync(template, JSON.stringify({ Resources: resources, Outputs: outputs }));
    const stack = ["--stack-name", `${cluster.name}-${name}`, "--template-body", `file://${template}`];
    await world.account.aws("cloudformation", "create-stack", ...stack);
  }

  const stacks = async () => JSON.stringify(await world.account.aws("cloudformation", "describe-stacks"));

  test("refuses while data or load balancers would be left behind, lists each, and deletes nothing", async () => {
    const [volume = "", snapshot = ""] = (await others("leave")).split(" ");
    const hostname = await others(
      "load-balancer",
      "factory",
      /vpc-[0-9a-f]+/.exec(await stacks())?.[0] ?? "",
      "attractor-factory-eks",
    );
    expect(hostname).toContain(".elb.amazonaws.com");
    const { status, stderr } = await teardown("--yes", cluster.name);
    expect(status, stderr).toBe(1);
    expect(stderr).toContain(`volume ${volume} (20 GiB) would be left behind; nothing was deleted`);
    expect(stderr).toContain(`snapshot ${snapshot} would be left behind`);
    expect(stderr).toMatch(/load balancer arn:aws:elasticloadbalancing:\S+ would be left behind/);
    expect(await stacks()).toContain("attractor-factory-network");
  });

  test("refuses while file systems, buckets and interfaces of functions would be, too", async () => {
    await others("clear");
    const said = await stacks();
    const files = /fs-[0-9a-f]+/.exec(said)?.[0] ?? "";
    const enis = await others("fill", bucket, files, /subnet-[0-9a-f]+/.exec(said)?.[0] ?? "");
    const { status, stderr } = await teardown("--yes", cluster.name);
    expect(status, stderr).toBe(1);
    expect(stderr).toContain(`file system ${files} would be left behind; nothing was deleted`);
    expect(stderr).toContain(`bucket ${bucket} would be left behind`);
    expect(stderr).toContain(`network interface ${enis} (AWS Lambda VPC ENI-rotation) would be left behind`);
    expect(await stacks()).toBe(said);
    await others("empty", bucket, files);
  });

  test("asks for the cluster's name once more", async () => {
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
