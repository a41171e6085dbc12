import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { local } from "../../clusters/local.ts";
import { configure } from "../../scripts/kind/configure.ts";
import { findEngine } from "../../scripts/kind/engine.ts";
import { kindProvider } from "../../scripts/kind/provider.ts";
import { writeConfiguration } from "../../scripts/kind/state.ts";
import { fullName } from "../../scripts/mock-workload/full-name.ts";

/** A folder on PATH with programs that do what these scripts say. */
function pathWith(programs: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "slipway-engine-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

const clientOnly = `echo "Cannot connect to the Docker daemon at unix:///var/run/docker.sock." >&2; exit 1`;

describe("the container engine", () => {
  test("is one that answers, though another has a client here", async () => {
    const PATH = pathWith({ docker: clientOnly, podman: "echo 5.4.0" });
    const engine = await findEngine({ PATH });
    expect([engine.name, engine.environment["KIND_EXPERIMENTAL_PROVIDER"]]).toEqual(["podman", "podman"]);
  });

  test("is not a client without an engine, nor one that says nothing", async () => {
    for (const docker of [clientOnly, "true", "echo"]) {
      await expect(findEngine({ PATH: pathWith({ docker }) })).rejects.toThrow("no container engine answers");
    }
  });

  test("is missed with the words of each client, and the provider that needs none", async () => {
    const PATH = pathWith({ docker: clientOnly });
    await expect(findEngine({ PATH })).rejects.toMatchObject({
      problems: [
        {
          what:
            "kind runs its nodes as containers, and no container engine answers (docker: Cannot connect to the Docker " +
            "daemon at unix:///var/run/docker.sock.; podman: there is no podman)",
          fix: expect.stringContaining("--provider embedded"),
        },
      ],
    });
  });
});

function engineless(): NodeJS.ProcessEnv {
  return { PATH: [pathWith({ docker: clientOnly }), "/nowhere"].join(delimiter) };
}

describe("where there is no engine", () => {
  test("nothing is started, and nothing is written", async () => {
    const folder = pathWith({});
    const provider = kindProvider({ environment: engineless() });
    const start = provider.start({ folder, name: "local", cluster: local, say: () => {} });
    await expect(start).rejects.toThrow("no container engine answers");
    expect(readdirSync(folder)).toEqual([]);
    await expect(provider.loadImages({ name: "local", images: ["a:local"] })).rejects.toThrow(
      "no container engine",
    );
  });

  test("a cluster is not up, and says why", async () => {
    const provider = kindProvider({ environment: engineless() });
    expect(await provider.status({ folder: "/nowhere", name: "local" })).toEqual({
      running: false,
      details: [expect.stringContaining("no container engine answers")],
    });
  });

  test("what was never begun is taken down, and what was is not forgotten", async () => {
    const provider = kindProvider({ environment: engineless() });
    const folder = pathWith({});
    expect(await provider.stop({ folder, name: "local" })).toBe(false);
    expect(existsSync(folder)).toBe(false);
    writeConfiguration(folder, configure(local, { name: "slipway-local", ports: { http: 80, https: 443 } }));
    await expect(provider.stop({ folder, name: "local" })).rejects.toThrow("no container engine answers");
    expect(existsSync(folder)).toBe(true);
  });
});

test("an image goes by the name that nodes know it by", () => {
  expect(
    [
      "web:local",
      "shop/web:local",
      "registry.example.com/web:1",
      "localhost/web:1",
      "localhost:5000/web",
    ].map(fullName),
  ).toEqual([
    "docker.io/library/web:local",
    "docker.io/shop/web:local",
    "registry.example.com/web:1",
    "localhost/web:1",
    "localhost:5000/web",
  ]);
});
