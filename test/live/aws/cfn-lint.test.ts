import { execFile } from "node:child_process";
import { globSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pythonEnvironment } from "../../../scripts/python/environment.ts";
import { root } from "../../../scripts/root.ts";
import { factsWith, workers } from "../../invalid/garden.ts";
import { fleet } from "../../../clusters/fleet.ts";
import { gardenStacks } from "../../aws/stacks.ts";

const python = await pythonEnvironment();
if ("missing" in python) console.log(`cfn-lint.test.ts is skipped: ${python.missing}`);

const run = promisify(execFile);

/** W3010: zones are written out, because node groups name the zones that they are in. */
const ignored = ["W3010"];

/** What the linter has to say, one line each; nothing for templates that are right. */
async function complaints(region: string, files: readonly string[]): Promise<readonly string[]> {
  if ("missing" in python) throw new Error(python.missing);
  const options = ["--format", "parseable", "--regions", region, "--ignore-checks", ...ignored];
  const checked = run(python.program("cfn-lint"), [...options, "--template", ...files], { cwd: root });
  // It ends with the kinds of what it found, added up.
  const { stdout } = await checked.catch((error: { stdout: string }) => error);
  return stdout.split("\n").filter((line) => line !== "");
}

const region = "us-west-2";

/** A template takes the linter about a second, in milliseconds for all of a region on a busy machine. */
const patience = 10 * 60_000;

describe.skipIf("missing" in python)("cfn-lint", () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "slipway-templates-"));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const written = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  const regions = Map.groupBy(
    fleet.clusters.filter((each) => each.provider === "eks"),
    (each) => each.region,
  );

  test.each([...regions])(
    "finds nothing wrong with any committed template of %s",
    async (name, clusters) => {
      const files = clusters.flatMap((each) => globSync(`dist/${each.name}/aws/*.yaml`, { cwd: root }));
      expect(files.length).toBeGreaterThan(5 * clusters.length);
      expect(await complaints(name, files)).toEqual([]);
    },
    patience,
  );

  test("finds nothing wrong where a cluster uses everything that a definition can say", async () => {
    const user = "shop-dev/web";
    const stacks = gardenStacks({
      nodeGroups: [
        workers,
        {
          ...workers,
          name: "gpu",
          instanceTypes: ["g5.xlarge"],
          capacity: "spot",
          diskGiB: 200,
          taints: [{ key: "gpu", value: "yes", effect: "NoExecute" }],
        },
      ],
      aws: {
        zone: "example.com",
        natGateways: "one-per-zone",
        interfaceEndpoints: ["ecr.api", "ecr.dkr", "sts", "eks-auth", "bedrock-runtime"],
        flowLogDays: 400,
        controlPlaneLogs: ["audit"],
        controlPlaneLogDays: 731,
        apiServerFrom: ["203.0.113.0/24"],
        access: [
          {
            principal: "arn:aws:iam::123456789012:role/gardeners",
            policy: "AmazonEKSViewPolicy",
            namespaces: ["shop-dev"],
          },
        ],
        addonVersions: { coredns: "v1.12.4-eksbuild.1" },
        buckets: [{ name: "backups", expireDays: 30 }, { name: "media" }],
      },
      facts: factsWith({ roles: { [user]: "arn:aws:iam::123456789012:role/garden-shop-dev-web" } }),
      permissions: {
        [user]: {
          statements: [
            { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::shop/${aws:PrincipalTag/team}/*"] },
          ],
        },
      },
    });
    const files = stacks.map(({ kind, text }) => written(`${kind}.yaml`, text));
    expect(await complaints(region, files)).toEqual([]);
  });

  test("would find a property that is none, and a reference that leads nowhere", async () => {
    const network = gardenStacks({}).find(({ kind }) => kind === "network")?.text ?? "";
    const broken = network
      .replace("EnableDnsSupport:", "EnableDnsSuport:")
      .replace("Ref: InternetGateway\n", "Ref: Gateway\n");
    const found = await complaints(region, [written("broken.yaml", broken)]);
    expect(found.join("\n")).toMatch(/E3002.*EnableDnsSuport/);
    expect(found.join("\n")).toMatch(/E1020.*Gateway/);
  });
});
