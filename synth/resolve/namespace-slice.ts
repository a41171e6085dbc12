import { namespaceObjects } from "../kubernetes/namespace.ts";
import type { NamespaceSpec, PodSecurity } from "../model/namespace.ts";
import type { ClusterScope } from "./scope.ts";
import { sliceContext } from "./slice-context.ts";
import type { Slice } from "./slice.ts";

/** Namespaces that Kubernetes makes itself; they are nobody's to create or prune. */
const builtIn: ReadonlySet<string> = new Set(["default", "kube-node-lease", "kube-public", "kube-system"]);

/** One slice with every namespace of the cluster, before everything else. */
export function namespaceSlice(scope: ClusterScope, specs: readonly NamespaceSpec[]): Slice {
  const namespaces = merge(scope, specs).filter(({ name }) => !builtIn.has(name));
  return {
    owner: "namespaces",
    kind: "namespaces",
    description: "Namespaces with Pod Security levels, quotas and default-deny policies",
    layer: "foundation",
    definition: scope.definition,
    namespace: "default",
    otherNamespaces: namespaces.map(({ name }) => name),
    dependsOn: [],
    stages: ["main"],
    permissions: {},
    parameters: namespaces,
    context: sliceContext(scope, {
      partOf: "platform",
      owner: "namespaces",
      namespace: "default",
      secretPath: "platform",
    }),
    render: ({ main }) => {
      if (main !== undefined) for (const spec of namespaces) namespaceObjects(main, spec);
    },
    problems: [],
  };
}

/** Add-ons that share a namespace must agree on it; apps do not share one. */
function merge(scope: ClusterScope, specs: readonly NamespaceSpec[]): readonly NamespaceSpec[] {
  const merged = new Map<string, NamespaceSpec>();
  for (const spec of specs) {
    const other = merged.get(spec.name);
    if (other !== undefined && level(other) !== level(spec)) {
      scope.problems.push({
        rule: "namespace-conflict",
        at: { definition: scope.definition, cluster: scope.view.name, object: `Namespace/${spec.name}` },
        what: `namespace ${spec.name} is declared both ${level(other)} and ${level(spec)}`,
        fix: "let its owners agree on one Pod Security level, or give one of them its own namespace",
      });
    }
    if (other !== undefined && isClosed(other) !== isClosed(spec)) {
      scope.problems.push({
        rule: "namespace-conflict",
        at: { definition: scope.definition, cluster: scope.view.name, object: `Namespace/${spec.name}` },
        what: `namespace ${spec.name} is shared by an app, which closes its network, and an add-on, which leaves it open`,
        fix: "give the app a namespace of its own",
      });
    }
    merged.set(spec.name, { ...other, ...spec });
  }
  return [...merged.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function isClosed(spec: NamespaceSpec): boolean {
  return spec.defaultDeny ?? true;
}

function level(spec: NamespaceSpec): PodSecurity {
  return spec.podSecurity ?? "restricted";
}
