import { namespaceObjects } from "../kubernetes/namespace.ts";
import { builtInNamespaces } from "../model/built-in-namespaces.ts";
import type { NamespaceSpec, PodSecurity } from "../model/namespace.ts";
import type { Problem } from "../model/problem.ts";
import { mainStage } from "../model/stage.ts";
import type { ClusterScope } from "./scope.ts";
import { sliceContext } from "./slice-context.ts";
import type { Slice } from "./slice.ts";

/** One slice with every namespace of the cluster, before everything else; none where there is none to make. */
export function namespaceSlice(scope: ClusterScope, claims: readonly NamespaceClaim[]): Slice | undefined {
  const agreedOn = agreed(scope, claims).filter(({ spec }) => !builtInNamespaces.has(spec.name));
  if (agreedOn.length === 0) return undefined;
  const namespaces = agreedOn.filter(({ frozen }) => frozen !== true).map(({ spec }) => spec);
  return {
    owner: "namespaces",
    kind: "namespaces",
    description: "Namespaces with Pod Security levels, quotas and default-deny policies",
    layer: "foundation",
    definition: scope.definition,
    namespace: "default",
    otherNamespaces: agreedOn.map(({ spec }) => spec.name),
    claimants: new Map(
      agreedOn.flatMap(({ owner, exclusive, spec }) => (exclusive ? [[spec.name, owner]] : [])),
    ),
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
    render: (stages) => {
      for (const spec of namespaces) namespaceObjects(mainStage(stages), spec);
    },
  };
}

/** A namespace, and who asks for it. */
export interface NamespaceClaim {
  readonly owner: string;
  /** Apps have their namespaces for themselves; add-ons may share one. */
  readonly exclusive: boolean;
  readonly spec: NamespaceSpec;
  /** Its objects are taken from a frozen slice; only the name of the specification counts. */
  readonly frozen?: true;
  /** Its owner is not released yet: it makes nothing, and nobody else may have the name. */
  readonly waiting?: true;
}

/** One specification for each namespace; owners that cannot have it together are problems. */
function agreed(scope: ClusterScope, claims: readonly NamespaceClaim[]): readonly NamespaceClaim[] {
  const first = new Map<string, NamespaceClaim>();
  for (const claim of claims) {
    const other = first.get(claim.spec.name);
    if (claim.exclusive && builtInNamespaces.has(claim.spec.name))
      scope.problems.push(notForApps(scope, claim));
    if (other === undefined) first.set(claim.spec.name, claim);
    else scope.problems.push(...conflicts(scope, other, claim));
  }
  const made = [...first.values()].filter(({ waiting }) => waiting !== true);
  return made.toSorted((a, b) => (a.spec.name < b.spec.name ? -1 : 1));
}

/**
 * Owners of a namespace that another has already, where one of the two wants it for itself: a conflict that their objects
 * would only repeat, one by one.
 */
export function displacedOwners(claims: readonly NamespaceClaim[]): ReadonlySet<string> {
  const first = new Map<string, NamespaceClaim>();
  const displaced = new Set<string>();
  for (const claim of claims.filter(({ waiting }) => waiting !== true)) {
    const other = first.get(claim.spec.name);
    if (other === undefined) first.set(claim.spec.name, claim);
    else if (other.owner !== claim.owner && (other.exclusive || claim.exclusive)) displaced.add(claim.owner);
  }
  return displaced;
}

const ownNamespace =
  "give each app, in each of its environments, a namespace of its own: namespace in place(…)";

function notForApps(scope: ClusterScope, { owner, spec }: NamespaceClaim): Problem {
  return {
    rule: "namespace-conflict",
    at: { definition: scope.definition, cluster: scope.view.name, object: `Namespace/${spec.name}` },
    what: `namespace ${spec.name} is claimed by ${owner}, and is Kubernetes' own`,
    fix: ownNamespace,
  };
}

function conflicts(scope: ClusterScope, a: NamespaceClaim, b: NamespaceClaim): readonly Problem[] {
  const { name } = a.spec;
  const conflict = (what: string, fix: string): Problem => ({
    rule: "namespace-conflict",
    at: { definition: scope.definition, cluster: scope.view.name, object: `Namespace/${name}` },
    what,
    fix,
  });
  const owners = `${a.owner} and ${b.owner}`;
  if (a.exclusive || b.exclusive) {
    return [conflict(`namespace ${name} is claimed by ${owners}`, ownNamespace)];
  }
  const together = "let them agree, or give one of them a namespace of its own";
  return [
    ...(level(a.spec) === level(b.spec)
      ? []
      : [conflict(`namespace ${name} of ${owners} is both ${level(a.spec)} and ${level(b.spec)}`, together)]),
    ...(isClosed(a.spec) === isClosed(b.spec)
      ? []
      : [conflict(`namespace ${name} of ${owners} is both closed and open by default`, together)]),
  ];
}

function isClosed(spec: NamespaceSpec): boolean {
  return spec.defaultDeny ?? true;
}

function level(spec: NamespaceSpec): PodSecurity {
  return spec.podSecurity ?? "restricted";
}
