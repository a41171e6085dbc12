import { describe, expect, test } from "vitest";
import { residentBytes } from "../../scripts/verify/memory.ts";
import { clusterManifests } from "../../scripts/verify/dist/manifests.ts";
import { hostileManifests } from "../../scripts/verify/hostile.ts";
import { keyOf } from "../../scripts/verify/object-key.ts";
import { subjects } from "../../scripts/verify/subjects.ts";
import { deletable, editOf } from "../../scripts/verify/tests/drift-edits.ts";
import { byUid, rootOwner } from "../../scripts/verify/tests/owners.ts";
import { forbiddingTaints } from "../../scripts/verify/tests/pods.ts";
import { removals, renderedFiles, without } from "../../scripts/verify/tests/prune-candidates.ts";
import { readTree } from "../../scripts/tree/read.ts";
import { distPath, loadFleet, readInputs } from "../../scripts/workspace.ts";
import { seen } from "./recorded.ts";

const fleet = await loadFleet();
const inputs = readInputs();
const dist = readTree(distPath);
const byName = (name: string) => {
  const found = fleet.clusters.find((cluster) => cluster.name === name);
  if (found === undefined) throw new Error(`no cluster ${name}`);
  return found;
};

describe("what is taken out to see what goes", () => {
  test.each(fleet.clusters.map(({ name }) => name))(
    "of %s is an add-on that nothing needs, and an app if there is one",
    (name) => {
      const cluster = byName(name);
      const gone = removals(fleet, cluster, inputs);
      expect(gone.map(({ what }) => what)).toEqual(
        cluster.placements.length > 0 ? ["add-on", "app"] : ["add-on"],
      );
      const smaller = without(fleet, cluster, gone);
      const files = renderedFiles(smaller.fleet, smaller.cluster, inputs);
      const left = new Set(clusterManifests(files ?? new Map(), name).manifests.map(({ owner }) => owner));
      expect(gone.filter(({ slice }) => left.has(slice))).toEqual([]);
      const before = new Set(clusterManifests(dist, name).manifests.map(({ owner }) => owner));
      expect([...before].filter((owner) => !left.has(owner)).toSorted()).toEqual(
        gone.map(({ slice }) => slice).toSorted(),
      );
    },
  );
});

describe("what is tried as drift", () => {
  test("spares what holds data, what runs once, and what takes more along", () => {
    const kinds = ["StatefulSet", "Job", "Namespace", "PersistentVolumeClaim", "Service", "ConfigMap"];
    expect(deletable(kinds.map((kind) => seen(1, { kind, name: "x" }))).map(({ kind }) => kind)).toEqual([
      "ConfigMap",
      "Service",
    ]);
  });

  test("changes what the manifest sets, never what it leaves open", () => {
    const config = { ...seen(1, { kind: "ConfigMap", name: "web" }), data: { colour: "red" } };
    expect(editOf(config)).toEqual({ patch: { data: { colour: "edited-by-hand" } }, path: "data.colour" });
    expect(editOf(seen(1, { kind: "Service", name: "web" }))).toBeUndefined();
    expect(editOf(seen(1, { kind: "Service", name: "web", unit: "shop" }))?.path).toBe(
      "metadata.labels.kustomize.toolkit.fluxcd.io/name",
    );
  });
});

describe("what is planted", () => {
  test("is four things that no slice of an app holds, in the slice's namespace or another's", () => {
    const planted = hostileManifests({ namespace: "shop", foreignNamespace: "bank" });
    expect(planted.map(({ object }) => keyOf(object))).toEqual([
      "rbac.authorization.k8s.io/ClusterRoleBinding slipway-verify-hostile",
      "/ConfigMap bank/slipway-verify-hostile",
      "/Pod shop/slipway-verify-hostile",
      "admissionregistration.k8s.io/ValidatingWebhookConfiguration slipway-verify-hostile",
    ]);
  });
});

const pod = (...tolerations: readonly { readonly [field: string]: string }[]) => ({
  ...seen(1, { kind: "Pod", name: "p" }),
  spec: { tolerations },
});
const owned = (kind: string, uid: string, by: string) => {
  const object = seen(1, { kind, name: uid, uid });
  return { ...object, metadata: { ...object.metadata, ownerReferences: [{ uid: by }] } };
};

describe("pods", () => {
  const node = {
    ...seen(1, { kind: "Node", name: "n", namespace: "" }),
    spec: {
      taints: [
        { key: "group", value: "database", effect: "NoSchedule" },
        { key: "soft", effect: "PreferNoSchedule" },
      ],
    },
  };
  test("are kept off a node by taints that they do not tolerate", () => {
    expect(forbiddingTaints(pod(), node)).toEqual(["group=database:NoSchedule"]);
    expect(forbiddingTaints(pod({ key: "group", value: "websocket" }), node)).toEqual([
      "group=database:NoSchedule",
    ]);
    expect(forbiddingTaints(pod({ key: "group", value: "database", effect: "NoSchedule" }), node)).toEqual(
      [],
    );
    expect(forbiddingTaints(pod({ operator: "Exists" }), node)).toEqual([]);
  });

  test("are told by the workload that they are of, over every owner between", () => {
    const deployment = seen(1, { kind: "Deployment", name: "web", uid: "1" });
    const objects = [deployment, owned("ReplicaSet", "2", "1"), owned("Pod", "3", "2")];
    expect(rootOwner(owned("Pod", "3", "2"), byUid(objects))).toBe(deployment);
    expect(rootOwner(deployment, byUid(objects))).toBe(deployment);
  });
});

describe("memory", () => {
  test("is that of a process and all that it started, in whichever order they are listed", () => {
    expect(residentBytes("  30  20  4\n 20 10 2\n  10   1   1\n 40 1 100\n", [10])).toBe(7 * 1024);
    expect(residentBytes("", [10])).toBe(0);
  });
});

describe("what is verified", () => {
  const local = byName("local");

  test("is dist as it stands, with the reconciler that each cluster declares", () => {
    expect(
      subjects({ fleet, clusters: fleet.clusters, inputs, dist }).map(({ cluster, files }) => [
        cluster.reconciler,
        files === dist,
      ]),
    ).toEqual(fleet.clusters.map(({ reconciler }) => [reconciler, true]));
  });

  test("is a local cluster with both on request, and an EKS cluster with its own only", () => {
    const both = subjects({
      fleet,
      clusters: [local, byName("content-studio")],
      inputs,
      dist,
      reconciler: "both",
    });
    expect(both.map(({ cluster }) => `${cluster.name} ${cluster.reconciler}`)).toEqual([
      "local argocd",
      "local flux",
      `content-studio ${byName("content-studio").reconciler}`,
    ]);
    expect([...(both[1]?.files.keys() ?? [])]).toContain("local/bootstrap/Kustomization.slipway.yaml");
  });

  test("is refused where a cluster has another reconciler, or is not in dist", () => {
    const eks = fleet.clusters.find(
      ({ provider, reconciler }) => provider === "eks" && reconciler === "flux",
    );
    expect(() =>
      subjects({ fleet, clusters: eks === undefined ? [] : [eks], inputs, dist, reconciler: "argocd" }),
    ).toThrow(/is verified with that only/);
    expect(() => subjects({ fleet, clusters: [local], inputs, dist: new Map() })).toThrow(
      "dist has no local to verify",
    );
  });
});
