import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inOneProcess } from "../commands/one-process.ts";
import type { Outcome } from "../commands/slipway.ts";
import { copyRepository } from "../commands/slipway.ts";

const copy = copyRepository();
const slipway = inOneProcess(copy.root);
const digest = `sha256:${"a".repeat(64)}`;
const release = "apps/voice-agent-studio/releases/dev.json";
const env: Record<string, string> = {};
let before = "";

/** The aws command line as it answers: no registry can be reached here. */
beforeAll(() => {
  const bin = join(copy.root, ".slipway/bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(
    join(bin, "aws"),
    `#!/bin/sh
echo "$@" > "${bin}/asked"
case "$*" in *imageTag=1.4.0*) echo '{"imageDetails":[{"imageDigest":"${digest}"}]}';;
*) echo "An error occurred (ImageNotFoundException)" >&2; exit 254;; esac
`,
  );
  chmodSync(join(bin, "aws"), 0o755);
  env["PATH"] = `${bin}:${process.env["PATH"] ?? ""}`;
  before = copy.read(release);
});
afterAll(() => copy.write(release, before));

const setImage = (...args: readonly string[]): Promise<Outcome> =>
  slipway(["release", "set-image", ...args], { env });

test("the digest of a tag comes from the registry of the environment's cluster", async () => {
  const outcome = await setImage(
    "voice-agent-studio",
    "dev",
    "app",
    "--from-ecr",
    "1.4.0",
    "--profile",
    "nonprod",
  );
  expect(outcome).toMatchObject({ status: 0, stderr: "" });
  expect(JSON.parse(copy.read(release))).toEqual({ images: { app: digest } });
  expect(copy.read(".slipway/bin/asked")).toMatch(
    /^ecr describe-images --registry-id \d{12} --region [a-z0-9-]+ --repository-name voice-agent-studio --image-ids imageTag=1\.4\.0 --output json --profile nonprod$/m,
  );
}, 60_000);

test.each([
  [
    "a tag that the registry does not have",
    ["dev", "app", "--from-ecr", "9.9.9"],
    "names no digest for voice-agent-studio:9.9.9",
  ],
  ["an image without a digest", ["dev", "app"], "image app is given without a digest: nothing"],
  ["an image by its tag", ["dev", "app:1.4.0"], "image app is given without a digest: 1.4.0"],
  ["half a digest", ["dev", "app@sha256:12"], "image app is given without a digest: sha256:12"],
  ["an image that the app does not have", ["dev", `ap@${digest}`], "voice-agent-studio has no image ap"],
  ["a frozen environment", ["prod", `app@${digest}`], "prod is frozen"],
  [
    "an environment that it is not placed in",
    ["dve", `app@${digest}`],
    "voice-agent-studio is not placed in dve",
  ],
  ["a registry where there is none", ["local", "app", "--from-ecr", "1.4.0"], "local is not on AWS"],
] as const)("refuses %s, and writes nothing", async (_title, args, expected) => {
  const held = copy.read(release);
  const { status, stderr } = await setImage("voice-agent-studio", ...args);
  expect(status).toBe(1);
  expect(stderr).toContain(expected);
  expect(copy.read(release)).toBe(held);
});
