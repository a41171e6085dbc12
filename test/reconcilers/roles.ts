import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import { at, list, ofKind } from "./wired.ts";

/** Whether the rules of these roles allow all of it. */
export function allows(
  roles: readonly unknown[],
  group: string,
  resource: string,
  verbs: readonly string[],
): boolean {
  const rules = roles.flatMap((role) => list(at(role, "rules")));
  return verbs.every((verb) =>
    rules.some(
      (rule) =>
        list(at(rule, "apiGroups")).includes(group) &&
        list(at(rule, "resources")).includes(resource) &&
        list(at(rule, "verbs")).includes(verb),
    ),
  );
}

/** Roles whose rights an account has in a namespace, by their bindings. */
export function boundTo(
  objects: readonly { readonly object: KubernetesObject }[],
  owner: string,
  namespace: string | undefined,
) {
  const bindings = [...ofKind(objects, "ClusterRoleBinding"), ...ofKind(objects, "RoleBinding")].filter(
    ({ kind, metadata, ...binding }) =>
      (kind === "ClusterRoleBinding" || metadata.namespace === namespace) &&
      list(at(binding, "subjects")).some((subject) => at(subject, "name") === owner),
  );
  return bindings.flatMap((binding) => {
    const kind = String(at(binding, "roleRef", "kind"));
    return ofKind(objects, kind).filter(
      ({ metadata }) =>
        metadata.name === at(binding, "roleRef", "name") &&
        (kind === "ClusterRole" || metadata.namespace === namespace),
    );
  });
}
