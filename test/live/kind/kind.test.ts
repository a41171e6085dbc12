import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { fleet } from "../../../clusters/fleet.ts";
import { local } from "../../../clusters/local.ts";
import { configurationText, configure } from "../../../scripts/kind/configure.ts";
import { nodeImages } from "../../../scripts/kind/node-image.ts";
import { kindProvider } from "../../../scripts/kind/provider.ts";
import { findTool, whyNoTools } from "../../../scripts/tools/find.ts";
import { slipway } from "../../commands/slipway.ts";
import { engineInName } from "./engine.ts";

const lacking = whyNoTools(["kind"]);
if (lacking !== undefined) console.warn(`skipped kind.test.ts: ${lacking}`);
const kind = lacking === undefined ? await findTool("kind") : "";

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "slipway-kind-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** What the real kind makes of a configuration, up to where it would start containers. */
function create(configuration: string) {
  const engine = engineInName("docker");
  const work = folder();
  const file = join(work, "kind.yaml");
  writeFileSync(file, configuration);
  const args = ["create", "cluster", "--config", file, "--kubeconfig", join(work, "kubeconfig")];
  const { stderr } = spawnSync(kind, args, { env: engine.environment, encoding: "utf8" });
  const started = engine.asked().filter(([verb]) => verb === "run");
  return { stderr, started: started.map((words) => words.join(" ")) };
}

describe.skipIf(lacking !== undefined)("the real kind", () => {
  const ports = { http: 8080, https: 8443 };

  test.each(fleet.clusters)("accepts the configuration of $name and would start its nodes", (cluster) => {
    const configuration = configure(cluster, { name: "slipway-test", ports, registryHosts: folder() });
    const { stderr, started } = create(configurationText(configuration));
    expect(stderr).toContain("this engine runs no containers");
    expect(stderr).not.toMatch(/unable to decode|invalid/);
    // kind starts its nodes side by side, and stops at the first that fails.
    const controlPlane = started.find((line) => line.includes("io.x-k8s.kind.role=control-plane"));
    for (const line of started) {
      expect(line).toMatch(new RegExp(` ${nodeImages[cluster.kubernetes]}$`));
      expect(line).toContain(":/etc/containerd/certs.d:ro");
    }
    if (controlPlane === undefined) return;
    expect(controlPlane).toContain("--publish=127.0.0.1:8080:80/TCP --publish=127.0.0.1:8443:443/TCP");
    expect(controlPlane).not.toMatch(/--publish=(?!127\.0\.0\.1)/);
  });

  test("refuses a field that it does not know, and a value that makes no sense", () => {
    const text = configurationText(configure(local, { name: "slipway-test", ports }));
    expect(
      create(text.replace("role: control-plane", "role: control-plane\n    taints: []")).stderr,
    ).toContain("field taints not found in type v1alpha4.Node");
    expect(create(text.replace("role: control-plane", "role: master")).stderr).toContain(
      "is not a valid node role",
    );
    expect(create(text.replace("hostPort: 8443", "hostPort: 8080")).stderr).toContain("already configured");
  });
});

describe.skipIf(lacking !== undefined)("the provider", () => {
  test("starts kind with what the definition says, tells why it failed, and leaves no kubeconfig", async () => {
    const engine = engineInName("docker");
    const work = folder();
    const said: string[] = [];
    const provider = kindProvider({ environment: engine.environment });
    const start = provider.start({
      folder: work,
      name: "test",
      cluster: local,
      reconciler: "argocd",
      say: (line) => said.push(line),
    });
    await expect(start).rejects.toMatchObject({
      problems: [{ rule: "kind", what: expect.stringContaining("this engine runs no containers") }],
    });
    expect(said).toEqual([expect.stringMatching(/^making 1 node with docker; /)]);
    expect(readFileSync(join(work, "kind.yaml"), "utf8")).toContain("name: slipway-test\n");
    expect(existsSync(join(work, "kubeconfig"))).toBe(false);
    // kind took away what it had begun, and asking again finds nothing.
    expect(await provider.status({ folder: work, name: "test" })).toEqual({ running: false, details: [] });
    expect(await provider.stop({ folder: work, name: "test" })).toBe(false);
    expect(existsSync(work)).toBe(false);
  });

  test("hands images over as the engine keeps them", async () => {
    const docker = engineInName("docker");
    const loaded = kindProvider({ environment: docker.environment }).loadImages({
      name: "test",
      images: ["voice-agent-studio:local"],
    });
    // The image is there, the cluster is not.
    await expect(loaded).rejects.toThrow('no nodes found for cluster "slipway-test"');
    expect(docker.asked()).toContainEqual([
      "image",
      "inspect",
      "-f",
      "{{ .Id }}",
      "voice-agent-studio:local",
    ]);

    const podman = engineInName("podman");
    const saved = kindProvider({ environment: podman.environment }).loadImages({
      name: "test",
      images: ["voice-agent-studio:local"],
    });
    await expect(saved).rejects.toThrow("kind does not load images");
    expect(podman.asked().filter(([verb]) => verb === "save")).toEqual([
      [
        "save",
        "--multi-image-archive",
        "--output",
        expect.any(String),
        "docker.io/library/voice-agent-studio:local",
      ],
    ]);
  });
});

const client = spawnSync("docker", ["--version"]).status === 0;
const answers = spawnSync("docker", ["version"]).status === 0;

test.skipIf(!client || answers)("a real docker client without an engine is told from one with", async () => {
  const { status, stderr } = await slipway([
    "cluster",
    "up",
    "local",
    "--provider",
    "kind",
    "--name",
    "kind-test",
  ]);
  expect(status).toBe(1);
  expect(stderr).toMatch(/no container engine answers \(docker: .*Docker daemon/);
  expect(stderr).toContain("take the embedded provider");
  onTestFinished(async () => void (await slipway(["cluster", "down", "kind-test"])));
  // Nothing is left that the next command would take for a cluster.
  expect((await slipway(["cluster", "status"])).stdout).not.toContain("kind-test");
});
