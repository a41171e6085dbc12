import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { beside } from "./harness/beside.ts";
import { cluster } from "./harness/tested-cluster.ts";
import { newWorld, pythonOrNone } from "./harness/world.ts";
import type { World } from "./harness/world.ts";

const python = await pythonOrNone("build-push.test.ts");
const images = ["api", "web", "controller", "runner"];
const repositories = ["factory-api", "factory-web", "factory-runner-controller", "factory-runner"];
const release = "apps/attractor-factory/releases/dev.json";
/** Where dev is, which follows main. */
const nonprod = "attractor-factory-nonprod";

describe.skipIf(python === undefined)(
  "slipway aws build-push, of images that a run before has pushed",
  () => {
    let world: World;
    let source: string;
    let digests: readonly string[];

    const buildPush = (...options: readonly string[]) =>
      world.run(["aws", "build-push", nonprod, "attractor-factory-dev", "--source", source, ...options]);

    beforeAll(async () => {
      if (python === undefined) return;
      world = await newWorld(python);
      source = join(world.clone.root, "sources");
      for (const image of images) {
        mkdirSync(join(source, image), { recursive: true });
        writeFileSync(join(source, image, "Dockerfile"), "FROM scratch\n");
      }
      const names = repositories.map((name) => `attractor-factory/${name}`);
      digests = (await beside(python, world.moto.url, cluster.region, "push-image", "1.4.0", ...names)).split(
        "\n",
      );
    });

    test("a dry run says what it would build, and leaves the release as it is", async () => {
      const before = world.clone.read(release);
      const { status, stderr } = await buildPush("--tag", "1.5.0", "--dry-run");
      expect(status, stderr).toBe(0);
      expect(stderr).toMatch(
        /api: would build 582719176192\.dkr\.ecr\.us-west-2\.amazonaws\.com\/attractor-factory\/factory-api:1\.5\.0 from/,
      );
      expect(world.clone.read(release)).toBe(before);
    });

    test("a frozen environment is refused before anything is built, with the way that images take to it", async () => {
      const before = world.clone.read(release.replace("dev", "prod"));
      const frozen = ["aws", "build-push", cluster.name, "attractor-factory-prod", "--source", source];
      const { status, stderr } = await world.run([...frozen, "--tag", "1.5.0"]);
      expect(status).toBe(1);
      expect(stderr).toContain("prod is frozen: its release changes by a promotion, and not by a build");
      expect(stderr).toContain("npm run slipway -- promote attractor-factory --from staging --to prod");
      expect(stderr).not.toContain("would build");
      expect(world.clone.read(release.replace("dev", "prod"))).toBe(before);
    });

    test("an image without a Dockerfile, and one that the app does not have, stop it before anything is built", async () => {
      const missing = await buildPush("--tag", "1.4.0", "--image", "api", "gateway");
      expect(missing).toMatchObject({ status: 1 });
      expect(missing.stderr).toContain("attractor-factory has no image gateway");
      const empty = await world.run([
        "aws",
        "build-push",
        nonprod,
        "attractor-factory-dev",
        "--source",
        world.clone.root,
        "--tag",
        "1.4.0",
      ]);
      expect(empty.stderr).toContain("has no Dockerfile for controller");
    });

    test("writes the digests that ECR has into the release, which then renders", async () => {
      const { status, stdout, stderr } = await buildPush("--tag", "1.4.0");
      expect(status, stderr).toBe(0);
      expect(stdout).toBe(images.map((name, index) => `${name} ${digests[index]}\n`).join(""));
      expect(JSON.parse(world.clone.read(release)).images).toEqual(
        Object.fromEntries(images.map((name, index) => [name, digests[index]])),
      );
      const synth = await world.run(["synth", "--cluster", nonprod]);
      expect(synth.status, synth.stderr).toBe(0);
    });
  },
);
