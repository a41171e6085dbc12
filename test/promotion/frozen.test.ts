import { describe, expect, test } from "vitest";
import type { Fleet } from "#synth";
import type { Cluster } from "../../synth/model/cluster.ts";
import type { Reconciler } from "../../synth/model/names.ts";
import type { Subject } from "../../synth/model/release.ts";
import { releaseText } from "../../synth/release/release-text.ts";
import { sliceDigest } from "../../synth/release/slice-files.ts";
import type { Dist } from "../../synth/release/slice-files.ts";
import { renderRelease } from "../../synth/render-release.ts";
import type { Inputs } from "../../synth/resolve/inputs.ts";
import { synthesizeCluster } from "../../synth/synthesize.ts";
import { addon, garden, webServer } from "../invalid/garden.ts";
import type { Garden } from "../invalid/garden.ts";

const staging: Subject = { of: "app", name: "shop", step: "staging" };
const images = { web: `sha256:${"1".repeat(64)}` } as const;

/** A garden in staging, as one reconciler gets it; platform frozen in group prod. */
function grown(wish: Garden, reconciler: Reconciler = "argocd") {
  const { fleet, cluster: argo, inputs } = garden({ environment: "staging", release: null, ...wish });
  const cluster: Cluster = { ...argo, reconciler, group: "prod" };
  return { fleet: { ...fleet, clusters: [cluster] } satisfies Fleet, cluster, inputs };
}

/** Inputs in which a subject is frozen at what it renders now. */
function frozenIn({ fleet, cluster, inputs }: ReturnType<typeof grown>, subject: Subject): Inputs {
  const pins = subject.of === "app" ? images : {};
  const { rendered, problems } = renderRelease(fleet, inputs, subject, pins);
  expect(problems).toEqual([]);
  const files = rendered.slices[cluster.name] ?? [];
  expect(files.length).toBeGreaterThan(0);
  const text = releaseText({
    images: pins,
    frozen: {
      revision: "1".repeat(40),
      charts: rendered.charts,
      slices: { [cluster.name]: sliceDigest(files) },
      kind: "promote",
      from: "dev",
      who: "Ada <ada@example.com>",
      when: "2026-11-27T21:00:00Z",
      why: "the season starts",
    },
  });
  const dist: Dist = new Map([
    ...(inputs.dist ?? []),
    ...files.map(({ path, content }) => [path, content] as const),
  ]);
  return subject.of === "app"
    ? { ...inputs, dist, releases: new Map([[`${subject.name}/${subject.step}`, text]]) }
    : { ...inputs, dist, addonReleases: new Map([[`${subject.step}/${subject.name}`, text]]) };
}

const ofOwner = (files: readonly { owner: string; path: string; content: string }[], owner: string) =>
  new Map(files.filter((file) => file.owner === owner).map(({ path, content }) => [path, content]));

describe.each<Reconciler>(["argocd", "flux"])("a frozen slice under %s", (reconciler) => {
  const before = grown({ quota: { cpu: "4", memory: "8Gi", pods: 20 } }, reconciler);
  const inputs = frozenIn(before, staging);

  test("stays byte for byte while its definition goes on, with its delivery and its namespaces", () => {
    const after = grown(
      {
        quota: { cpu: "8", memory: "9Gi", pods: 30 },
        render: (stage, context) => void webServer(stage, context, { replicas: 3 }),
      },
      reconciler,
    );
    const result = synthesizeCluster(after.fleet, after.cluster, inputs);
    expect(result.problems).toEqual([]);
    const own = ofOwner(result.files, "shop-staging");
    expect(own).toEqual(inputs.dist);
    const folders = new Set([...own.keys()].map((path) => path.split("/")[1]));
    expect(folders).toEqual(
      new Set(["applications", "foundation", "reconciler", ...(reconciler === "flux" ? ["access"] : [])]),
    );
    // The definition would render something else by now.
    const thawed = synthesizeCluster(after.fleet, after.cluster, { ...inputs, followMain: true });
    expect(ofOwner(thawed.files, "shop-staging")).not.toEqual(own);
  });

  test("is seen by the rules: a neighbour that claims its objects is refused", () => {
    const greedy = addon("greedy", { namespace: { name: "shop-dev" } });
    const after = grown({ addons: [greedy] }, reconciler);
    const { problems } = synthesizeCluster(after.fleet, after.cluster, {
      ...inputs,
      addonReleases: new Map(),
    });
    expect(problems.map(({ rule }) => rule)).toContain("namespace-conflict");
  });

  test("may be brought by the rights of the cluster's namespaces, which follow main", () => {
    const { files, problems } = synthesizeCluster(before.fleet, before.cluster, inputs);
    expect(problems).toEqual([]);
    const rights = [...ofOwner(files, "namespaces")].map(([, content]) => content).join("");
    for (const kind of ["ResourceQuota", "NetworkPolicy"]) {
      expect(rights.toLowerCase()).toContain(
        reconciler === "argocd" ? kind.toLowerCase() : `${kind.toLowerCase().replace(/y$/, "ie")}s`,
      );
    }
  });
});

test("an environment without a release renders nothing, and is no problem", () => {
  const { fleet, cluster, inputs } = grown({});
  const { files, problems } = synthesizeCluster(fleet, cluster, inputs);
  expect(problems).toEqual([]);
  expect(ofOwner(files, "shop-staging").size).toBe(0);
});

const keda = (version: string) => addon("keda", { chart: { name: "keda", version } });

describe("an add-on in a frozen group", () => {
  const promotion = { order: ["nonprod", "prod"] };
  const platform = (version: string) => {
    const all = grown({
      addons: [keda(version)],
      environment: "dev",
      release: '{ "images": { "web": "1.0.0" } }',
    });
    return { ...all, fleet: { ...all.fleet, promotion } };
  };
  const subject: Subject = { of: "addon", name: "keda", step: "prod" };
  const inputs = frozenIn(platform("2.18.0"), subject);

  test("keeps its chart's version while main has another", () => {
    expect(inputs.addonReleases?.get("prod/keda")).toContain('"keda": "2.18.0"');
    const { fleet, cluster } = platform("2.19.0");
    const { files, problems } = synthesizeCluster(fleet, cluster, inputs);
    expect(problems).toEqual([]);
    const application = files.find(({ path }) => path.endsWith("/Application.keda.yaml"))?.content;
    expect(application).toContain("targetRevision: 2.18.0");
  });

  test("waits for its first release; one of a group that follows main does not", () => {
    const { fleet, cluster, inputs: none } = platform("2.18.0");
    const owners = (group: string) =>
      synthesizeCluster(fleet, { ...cluster, group }, none).files.map(({ owner }) => owner);
    expect(owners("prod")).not.toContain("keda");
    expect(owners("nonprod")).toContain("keda");
  });
});
