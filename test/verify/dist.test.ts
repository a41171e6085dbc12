import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readTree } from "../../scripts/tree/read.ts";
import { clusterManifests } from "../../scripts/verify/dist/manifests.ts";
import { distAt } from "../../scripts/verify/dist/revision.ts";
import { temporaryRepository } from "../../scripts/verify/dist/temporary-repository.ts";
import { reconcilerViews } from "../../scripts/verify/reconcilers/views.ts";
import { repository } from "../commands/slipway.ts";

const folder = mkdtempSync(join(tmpdir(), "slipway-verify-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const dist = readTree(join(repository, "dist"));
const git = (path: string, ...args: readonly string[]) =>
  execFileSync("git", ["-C", path, ...args], { encoding: "utf8" }).trim();

describe("a cluster's part of dist", () => {
  test("is read as objects, each with its slice and its definition", () => {
    const { manifests, values, problems } = clusterManifests(dist, "local");
    expect(problems).toEqual([]);
    expect([...values.keys()]).toEqual(["local/bootstrap/values/argo-cd.yaml"]);
    expect(
      manifests.find(({ object }) => object.metadata.name === "factory-api" && object.kind === "Deployment"),
    ).toMatchObject({
      path: "local/applications/attractor-factory-local/3-serve/Deployment.factory-api.yaml",
      folder: "applications",
      slice: "attractor-factory-local",
      definition: "apps/attractor-factory/app.ts",
    });
  });

  test("that holds a corrupt file says which, and how to get it back", () => {
    const path = "local/foundation/namespaces/Namespace.traefik.yaml";
    const corrupt = new Map([
      ...dist,
      [path, "# slipway: namespaces, from clusters/local.ts. Do\nkind: [Namespace"],
    ]);
    expect(clusterManifests(corrupt, "local").problems).toEqual([
      expect.objectContaining({
        at: { definition: "clusters/local.ts", cluster: "local" },
        what: expect.stringContaining(`dist/${path} is no manifest: `),
        fix: expect.stringContaining("npm run synth"),
      }),
    ]);
  });
});

describe("the steps in which a reconciler takes up dist", () => {
  test("are stages of Applications by wave with Argo CD", () => {
    const units = reconcilerViews.argocd.units(clusterManifests(dist, "local").manifests);
    const serve = units.find(({ name }) => name === "attractor-factory-local wave 2");
    expect(serve?.dependsOn).toEqual(
      expect.arrayContaining([
        "namespaces",
        "external-secrets",
        "attractor-factory-local",
        "attractor-factory-local wave 1",
      ]),
    );
    expect(serve?.dependsOn).not.toContain("voice-agent-studio-local");
  });

  test("are Kustomizations by dependsOn with Flux", () => {
    const units = reconcilerViews.flux.units(clusterManifests(dist, "conversation-dev").manifests);
    expect(units.find(({ name }) => name === "access")?.dependsOn).toEqual(["namespaces"]);
  });
});

describe("the temporary repository", () => {
  test("holds exactly the files of each commit, one commit after the other", async () => {
    const made = await temporaryRepository(join(folder, "example/slipway.git"), "main");
    const strange = 'local/a "quoted" name.yaml';
    const first = await made.commit(
      new Map([
        [strange, "text: ä\n"],
        ["local/b.yaml", "no newline at the end"],
      ]),
      "one",
    );
    const second = await made.commit(new Map([["local/b.yaml", ""]]), "two");
    expect(git(made.path, "show", `${first}:dist/${strange}`)).toBe("text: ä");
    expect(git(made.path, "ls-tree", "-r", "--name-only", "main")).toBe("dist/local/b.yaml");
    expect(git(made.path, "rev-list", "main").split("\n")).toEqual([second, first]);
    git(made.path, "fsck", "--strict");
  });
});

describe("dist at a revision", () => {
  test("is what git has, byte for byte", async () => {
    const made = await temporaryRepository(join(folder, "revision.git"), "main");
    const files = new Map([
      ["local/x.yaml", "a: ü\r\n"],
      ["local/empty.yaml", ""],
      ["other/y.yaml", "\n\nb: 1"],
    ]);
    const commit = await made.commit(files, "one");
    await made.commit(new Map(), "nothing left");
    expect(new Map([...(await distAt(made.path, commit))].toSorted())).toEqual(
      new Map([...files].toSorted()),
    );
    expect(await distAt(made.path, "main")).toEqual(new Map());
  });

  test("says so where there is no such revision, or where it looks like a flag", async () => {
    for (const name of ["nowhere", "--output=x"]) {
      await expect(distAt(repository, name)).rejects.toMatchObject({
        problems: [
          {
            rule: "usage",
            what: `there is no revision ${name}`,
            fix: expect.stringContaining("origin/main"),
          },
        ],
      });
    }
  });
});
