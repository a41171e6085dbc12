import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { findEngine } from "../../scripts/kind/engine.ts";
import { kindProvider } from "../../scripts/kind/provider.ts";
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

test("where there is no engine, every method of the provider says so before it does anything", async () => {
  const environment = { PATH: [pathWith({ docker: clientOnly }), "/nowhere"].join(delimiter) };
  const provider = kindProvider({ environment });
  const where = { folder: "/nowhere/folder", name: "local" };
  for (const ask of [
    () => provider.status(where),
    () => provider.stop(where),
    () => provider.loadImages({ name: "local", images: ["a:local"] }),
  ]) {
    await expect(ask()).rejects.toThrow("no container engine answers");
  }
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
