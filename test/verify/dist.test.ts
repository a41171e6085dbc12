import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readTree } from "../../scripts/tree/read.ts";
import { clusterManifests } from "../../scripts/verify/dist/manifests.ts";
import { distAt } from "../../scripts/verify/dist/revision.ts";
import { temporaryRepository } from "../../scripts/verify/dist/temporary-repository.ts";
import { stepOf, steps } from "../../scripts/verify/dist/steps.ts";
import { reconcilerViews } from "../../scripts/verify/reconcilers/views.ts";
import type { Reconciler } from "../../synth/model/names.ts";
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

const stepsOf = (cluster: string, reconciler: Reconciler) => {
  const { manifests } = clusterManifests(dist, cluster);
  const all = steps(manifests, reconcilerViews[reconciler].slices(manifests));
  return new Map(all.map(({ name, dependsOn }) => [name, dependsOn]));
};

describe("the steps in which dist is taken up", () => {
  test("follow the waves of Applications with Argo CD, and the stages in their folders", () => {
    const all = stepsOf("local", "argocd");
    const serve = all.get("attractor-factory-local stage 3");
    expect(serve).toEqual(
      expect.arrayContaining([
        "namespaces",
        "external-secrets",
        "attractor-factory-local",
        "attractor-factory-local stage 2",
      ]),
    );
    expect(serve).not.toContain("voice-agent-studio-local");
  });

  test("follow dependsOn of Kustomizations with Flux", () => {
    const all = stepsOf("conversation-dev", "flux");
    expect(all.get("kube-prometheus-stack")).toContain("prometheus-operator-crds");
    expect(all.get("namespaces")).toEqual([]);
  });

  test("an object is of the step of its folder, whatever it says of itself; a chart's, of who applied it", () => {
    const { manifests } = clusterManifests(dist, "local");
    const step = stepOf(manifests, () => "traefik");
    const api = manifests.find(({ path }) => path.endsWith("/3-serve/Deployment.factory-api.yaml"));
    expect(
      api && step({ ...api.object, metadata: { name: "factory-api", namespace: "factory-system" } }),
    ).toBe("attractor-factory-local stage 3");
    expect(
      step({ apiVersion: "apps/v1", kind: "DaemonSet", metadata: { name: "traefik", namespace: "traefik" } }),
    ).toBe("traefik");
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
    expect(new Map([...distAt(made.path, commit)].toSorted())).toEqual(new Map([...files].toSorted()));
    expect(distAt(made.path, "main")).toEqual(new Map());
  });

  test("says so where there is no such revision, or where it looks like a flag", () => {
    for (const name of ["nowhere", "--output=x"]) {
      const problem = {
        rule: "usage",
        what: `there is no revision ${name}`,
        fix: expect.stringContaining("origin/main"),
      };
      expect(() => distAt(repository, name)).toThrow(
        expect.objectContaining({ problems: [expect.objectContaining(problem)] }),
      );
    }
  });
});
