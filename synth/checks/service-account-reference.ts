import type { Problem } from "../model/problem.ts";
import type { RenderedObject } from "../render/render.ts";
import { didYouMean } from "../model/did-you-mean.ts";
import { list, text } from "../objects/json-fields.ts";
import { objectProblem } from "./check.ts";
import type { Check, RenderedCluster } from "./check.ts";
import { indexOf } from "./index-objects.ts";
import { workloadText } from "./workloads.ts";

/** ClusterRoles that every cluster has. */
const builtInRoles: ReadonlySet<string> = new Set(["admin", "cluster-admin", "edit", "view"]);

/** Pods run as accounts that exist, and bindings give existing roles to existing accounts. */
export const serviceAccountReference: Check = {
  id: "service-account-reference",
  *run(input) {
    const index = indexOf(input);
    for (const template of index.templates) {
      const { namespace } = template;
      const name = text(template.spec, "serviceAccountName") ?? "default";
      if (name === "default" || hasAccount(input, namespace, name)) continue;
      yield objectProblem(
        serviceAccountReference.id,
        input,
        template.source,
        `${workloadText(template)} runs as service account ${name}, which namespace ${namespace} does not have`,
        didYouMean(
          name,
          index.names("/ServiceAccount", namespace),
          "leave serviceAccount out for one of its own, or render one with serviceAccount(…)",
        ),
        `${template.path}.serviceAccountName`,
      );
    }
    for (const kind of ["RoleBinding", "ClusterRoleBinding"] as const) {
      for (const binding of index.all(`rbac.authorization.k8s.io/${kind}`)) {
        yield* missingSubjects(input, binding);
        yield* missingRole(input, binding);
      }
    }
  },
};

function hasAccount(input: RenderedCluster, namespace: string, name: string): boolean {
  const index = indexOf(input);
  return index.find("/ServiceAccount", namespace, name) !== undefined || index.hasUnknownObjects(namespace);
}

function* missingSubjects(input: RenderedCluster, binding: RenderedObject): Iterable<Problem> {
  const home = binding.object.metadata.namespace ?? "";
  for (const [position, subject] of list(binding.object, "subjects").entries()) {
    const name = text(subject, "name") ?? "";
    const namespace = text(subject, "namespace") ?? home;
    const known = text(subject, "kind") !== "ServiceAccount" || name === "default";
    if (known || hasAccount(input, namespace, name)) continue;
    yield objectProblem(
      serviceAccountReference.id,
      input,
      binding,
      `it binds service account ${name}, which namespace ${namespace} does not have`,
      didYouMean(name, indexOf(input).names("/ServiceAccount", namespace), "render the account, or drop it"),
      `subjects[${position}]`,
    );
  }
}

function* missingRole(input: RenderedCluster, binding: RenderedObject): Iterable<Problem> {
  const index = indexOf(input);
  const kind = text(binding.object, "roleRef", "kind") === "Role" ? "Role" : "ClusterRole";
  const groupKind = `rbac.authorization.k8s.io/${kind}` as const;
  const name = text(binding.object, "roleRef", "name") ?? "";
  const namespace = kind === "Role" ? binding.object.metadata.namespace : undefined;
  if (index.find(groupKind, namespace, name) !== undefined) return;
  const elsewhere =
    kind === "Role"
      ? index.hasUnknownObjects(namespace)
      : builtInRoles.has(name) || name.startsWith("system:") || index.chartsBring(groupKind);
  if (elsewhere) return;
  yield objectProblem(
    serviceAccountReference.id,
    input,
    binding,
    `it binds ${kind} ${name}, which does not exist`,
    didYouMean(name, index.names(groupKind, namespace), "render the role beside its binding with role(…)"),
    "roleRef",
  );
}
