import { describe, expect, test } from "vitest";
import { groupOf } from "../../synth/objects/group-kind.ts";
import { pluralOf } from "../../synth/reconciler/plural.ts";
import { allows, boundTo } from "./roles.ts";
import { at, list, ofKind, wiredWith } from "./wired.ts";

describe.each(wiredWith("flux"))("with Flux on $name", ({ objects, slices, schemas }) => {
  const rolesOf = (owner: string, namespace: string | undefined) => boundTo(objects, owner, namespace);

  test("each account may manage what its slice holds", () => {
    for (const { slice, objects: own } of slices) {
      for (const { object } of own) {
        const group = groupOf(object.apiVersion);
        const resource = pluralOf(schemas, group, object.kind);
        const roles = rolesOf(slice.owner, object.metadata.namespace);
        expect(
          allows(roles, group, resource, ["create", "patch", "delete"]),
          `${slice.owner}: ${resource}`,
        ).toBe(true);
      }
    }
  });

  test("each account may keep Helm's record where its release stands", () => {
    for (const release of ofKind(objects, "HelmRelease")) {
      const account = String(at(release, "spec", "serviceAccountName"));
      const namespace = String(at(release, "spec", "storageNamespace"));
      expect(allows(rolesOf(account, namespace), "", "secrets", ["create", "update"]), account).toBe(true);
    }
  });

  test("each account may bind the Roles that it makes, which are not there when Flux tries them, by their names", () => {
    for (const { slice, objects: own } of slices) {
      for (const { object } of own.filter(({ object: each }) => each.kind === "RoleBinding")) {
        if (at(object, "roleRef", "kind") !== "Role") continue;
        const rules = rolesOf(slice.owner, object.metadata.namespace).flatMap((role) =>
          list(at(role, "rules")),
        );
        const binds = rules.filter((rule) => list(at(rule, "verbs")).includes("bind"));
        const names = binds.flatMap((rule) => list(at(rule, "resourceNames")));
        expect(slice.chart !== undefined || names.includes(at(object, "roleRef", "name")), slice.owner).toBe(
          true,
        );
      }
    }
  });

  test("each account may read how its workloads are", () => {
    for (const { slice, objects: own } of slices) {
      for (const { object } of own.filter(({ object: each }) =>
        ["Deployment", "StatefulSet"].includes(each.kind),
      )) {
        const roles = rolesOf(slice.owner, object.metadata.namespace);
        expect(allows(roles, "", "pods", ["list"]), slice.owner).toBe(true);
        expect(allows(roles, "apps", "replicasets", ["list"]), slice.owner).toBe(true);
      }
    }
  });

  test("an app's account has no right in the cluster at large, nor to give rights it does not have", () => {
    for (const { slice } of slices.filter((each) => each.slice.kind === "placement")) {
      expect(ofKind(objects, "ClusterRole").map(({ metadata }) => metadata.name)).not.toContain(
        `slipway-${slice.owner}`,
      );
      const roles = ofKind(objects, "Role").filter(
        ({ metadata }) => metadata.name === `slipway-${slice.owner}`,
      );
      const verbs = roles.flatMap((role) =>
        list(at(role, "rules")).flatMap((rule) => list(at(rule, "verbs"))),
      );
      expect(verbs).not.toContain("escalate");
      expect(verbs).not.toContain("*");
    }
  });

  test("accounts outlive their slices, which are removed as them", () => {
    for (const kind of ["ServiceAccount", "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"]) {
      const ours = ofKind(objects, kind).filter(
        ({ metadata }) =>
          metadata.name.startsWith("slipway-") ||
          (kind === "ServiceAccount" && metadata.namespace === "flux-system"),
      );
      for (const object of ours) {
        expect(at(object, "metadata", "annotations", "kustomize.toolkit.fluxcd.io/prune")).toBe("disabled");
      }
    }
  });
});

describe.each(wiredWith("argocd"))("with Argo CD on $name", ({ objects, slices }) => {
  const projectOf = (owner: string) =>
    ofKind(objects, "AppProject").find(({ metadata }) => metadata.name === owner);

  test("each project allows what its slice holds, where it holds it", () => {
    for (const { slice, objects: own } of slices) {
      const project = projectOf(slice.owner);
      const namespaces = list(at(project, "spec", "destinations")).map((each) => at(each, "namespace"));
      const where = (namespace: string) => (slice.kind === "namespaces" ? "*" : namespace);
      expect(namespaces).toContain(where(slice.namespace));
      for (const { object } of own) {
        const { namespace } = object.metadata;
        const kinds = list(
          at(
            project,
            "spec",
            namespace === undefined ? "clusterResourceWhitelist" : "namespaceResourceWhitelist",
          ),
        );
        expect(kinds).toContainEqual({ group: groupOf(object.apiVersion), kind: object.kind });
        if (namespace !== undefined) expect(namespaces).toContain(where(namespace));
      }
    }
  });

  test("an app's project allows nothing in the cluster at large", () => {
    for (const { slice } of slices.filter((each) => each.slice.kind === "placement")) {
      expect(at(projectOf(slice.owner), "spec", "clusterResourceWhitelist")).toEqual([]);
    }
  });

  test("each Application uses its own project, and both go together", () => {
    for (const { slice } of slices) {
      const application = ofKind(objects, "Application").find(
        ({ metadata }) => metadata.name === slice.owner,
      );
      expect(at(application, "spec", "project")).toBe(slice.owner);
      expect(at(projectOf(slice.owner), "metadata", "finalizers")).toHaveLength(1);
    }
  });

  test("what bounds a namespace can be removed after its app: by kind, in any namespace, and nowhere else", () => {
    const unbounded = ofKind(objects, "AppProject").filter((project) =>
      list(at(project, "spec", "destinations")).some((each) => at(each, "namespace") === "*"),
    );
    expect(unbounded.map(({ metadata }) => metadata.name)).toEqual(["namespaces"]);
    for (const project of unbounded) {
      const kinds = list(at(project, "spec", "namespaceResourceWhitelist")).map((each) =>
        String(at(each, "kind")),
      );
      expect(["LimitRange", "NetworkPolicy", "ResourceQuota"]).toEqual(expect.arrayContaining(kinds));
    }
  });

  test("what holds data is neither pruned nor deleted with its Application, and leaves it Synced", () => {
    const stateful = objects.filter(({ object }) =>
      ["Namespace", "PersistentVolumeClaim", "StatefulSet"].includes(object.kind),
    );
    expect(stateful.length).toBeGreaterThan(0);
    for (const { object } of stateful) {
      expect(at(object, "metadata", "annotations", "argocd.argoproj.io/sync-options")).toBe(
        "Prune=false,Delete=false",
      );
      expect(at(object, "metadata", "annotations", "argocd.argoproj.io/compare-options")).toBe(
        "IgnoreExtraneous",
      );
    }
  });

  test("Argo CD never deletes itself", () => {
    const self = ofKind(objects, "Application").find(({ metadata }) => metadata.name === "argo-cd");
    expect(at(self, "metadata", "finalizers")).toBeUndefined();
    expect(at(self, "metadata", "annotations", "argocd.argoproj.io/sync-options")).toBe(
      "Prune=false,Delete=false",
    );
  });
});

describe("network policies", () => {
  const marks = {
    argocd: ["argocd.argoproj.io/sync-options", "Prune=false,Delete=false"],
    flux: ["kustomize.toolkit.fluxcd.io/prune", "disabled"],
  } as const;
  const wired = (["argocd", "flux"] as const).flatMap((reconciler) =>
    wiredWith(reconciler).map((each) => ({
      ...each,
      reconciler,
      policies: ofKind(each.objects, "NetworkPolicy"),
    })),
  );

  test.each(wired.filter(({ policies }) => policies.length > 0))(
    "with $reconciler on $name go with what they let in, but for the one that closes a namespace",
    ({ policies, reconciler }) => {
      const [annotation, value] = marks[reconciler];
      const kept = policies.filter((policy) => at(policy, "metadata", "annotations", annotation) === value);
      expect(kept).toEqual(policies.filter(({ metadata }) => metadata.name === "default-deny"));
    },
  );

  test.each(wiredWith("argocd"))("on $name let whoever may connect also resolve names", ({ objects }) => {
    for (const policy of ofKind(objects, "NetworkPolicy")) {
      const egress = list(at(policy, "spec", "egress"));
      if (egress.length === 0 || egress.some((rule) => at(rule, "to") === undefined)) continue;
      expect(JSON.stringify(egress), policy.metadata.name).toContain('"k8s-app":"kube-dns"');
    }
  });
});
