import type { DistObject } from "../changes/dist-object.ts";
import type { DistTree } from "../changes/dist-tree.ts";
import { list, stringMap, strings, text } from "../objects/json-fields.ts";

/** One thing that a subject may do. `*` in a part stands for all. */
export interface Right {
  /** Namespace, or `*` for the whole cluster. */
  readonly scope: string;
  /** API group, empty for the core; `url` for paths that are no resources; `role` for a role that is not in dist. */
  readonly group: string;
  readonly resource: string;
  /** `*` for objects of any name. */
  readonly name: string;
  readonly verb: string;
}

/** What a subject may do, and by which objects. */
export interface SubjectRights {
  /** `ServiceAccount/shop/web`, `Group/admins` */
  readonly subject: string;
  readonly rights: readonly Right[];
  readonly bindings: readonly DistObject[];
}

const rbac = "rbac.authorization.k8s.io";

/** What every subject of a cluster may do, as far as dist says. */
export function rightsIn(tree: DistTree, cluster: string): ReadonlyMap<string, SubjectRights> {
  const roles = new Map(
    tree.objects(cluster, `${rbac}/Role`, `${rbac}/ClusterRole`).map((role) => [roleKey(role), role]),
  );
  const grants = tree
    .objects(cluster, `${rbac}/RoleBinding`, `${rbac}/ClusterRoleBinding`)
    .flatMap((binding) => grantsOf(binding, roles));
  const bySubject = Map.groupBy([...grants, ...aggregated(roles)], ({ subject }) => subject);
  return new Map(
    [...bySubject].map(([subject, own]) => [
      subject,
      { subject, rights: own.flatMap(({ rights }) => rights), bindings: own.map(({ binding }) => binding) },
    ]),
  );
}

interface Grant {
  readonly subject: string;
  readonly rights: readonly Right[];
  readonly binding: DistObject;
}

function grantsOf(binding: DistObject, roles: ReadonlyMap<string, DistObject>): readonly Grant[] {
  const { object } = binding;
  const scope = object.kind === "RoleBinding" ? (object.metadata.namespace ?? "") : "*";
  const kind = text(object, "roleRef", "kind") ?? "";
  const name = text(object, "roleRef", "name") ?? "";
  const role = roles.get(kind === "Role" ? `Role ${scope}/${name}` : `ClusterRole /${name}`);
  // A role of Kubernetes' own or of a chart: as a whole, since its rules are not known here.
  const rights =
    role === undefined
      ? [{ scope, group: "role", resource: name, name: "*", verb: "*" }]
      : rightsOf(role, scope);
  return list(object, "subjects").map((subject) => {
    const parts = [text(subject, "kind"), text(subject, "namespace"), text(subject, "name")];
    return { subject: parts.filter((part) => part !== undefined).join("/"), rights, binding };
  });
}

function roleKey({ object }: DistObject): string {
  return `${object.kind} ${object.metadata.namespace ?? ""}/${object.metadata.name}`;
}

const aggregation = /^rbac\.authorization\.k8s\.io\/aggregate-to-(.+)$/;

/** Kubernetes adds a ClusterRole with such a label to `admin`, `edit` or `view`, and so to everybody who has these. */
function aggregated(roles: ReadonlyMap<string, DistObject>): readonly Grant[] {
  return [...roles.values()].flatMap((role) =>
    Object.entries(stringMap(role.object, "metadata", "labels")).flatMap(([key, value]) => {
      const target = aggregation.exec(key)?.[1];
      if (target === undefined || value !== "true") return [];
      return [{ subject: `ClusterRole/${target}`, rights: rightsOf(role, "*"), binding: role }];
    }),
  );
}

function rightsOf({ object }: DistObject, scope: string): readonly Right[] {
  return list(object, "rules").flatMap((rule) => {
    const verbs = strings(rule, "verbs");
    const names = strings(rule, "resourceNames");
    const urls = strings(rule, "nonResourceURLs").flatMap((resource) =>
      verbs.map((verb): Right => ({ scope: "*", group: "url", resource, name: "*", verb })),
    );
    const resources = strings(rule, "apiGroups").flatMap((group) =>
      strings(rule, "resources").flatMap((resource) =>
        (names.length === 0 ? ["*"] : names).flatMap((name) =>
          verbs.map((verb): Right => ({ scope, group, resource, name, verb })),
        ),
      ),
    );
    return [...urls, ...resources];
  });
}

/** Whether somebody with these rights may do that: rules are added up, so how they are cut into rules says nothing. */
export function covers(rights: readonly Right[], { scope, group, resource, name, verb }: Right): boolean {
  return rights.some(
    (right) =>
      takes(right.scope, scope) &&
      (right.group === group || (right.group === "*" && group !== "url" && group !== "role")) &&
      (group === "url" ? takesUrl(right.resource, resource) : takesResource(right.resource, resource)) &&
      takes(right.name, name) &&
      takes(right.verb, verb),
  );
}

function takes(have: string, wanted: string): boolean {
  return have === "*" || have === wanted;
}

/** As Kubernetes' `ResourceMatches`: besides `*`, only `*` before a subresource stands for more than one. */
function takesResource(have: string, wanted: string): boolean {
  return takes(have, wanted) || (have.startsWith("*/") && wanted.endsWith(have.slice(1)));
}

/** As Kubernetes' `NonResourceURLMatches`: a `*` at the end stands for anything. */
function takesUrl(have: string, wanted: string): boolean {
  return have === wanted || (have.endsWith("*") && wanted.startsWith(have.slice(0, -1)));
}

/** By which a subject can get more rights, or everybody's secrets. */
export function isGrave({ scope, group, resource, verb }: Right): boolean {
  if (group === "role")
    return resource === "cluster-admin" || (scope === "*" && ["admin", "edit"].includes(resource));
  if ([group, resource, verb].includes("*")) return true;
  if (["escalate", "bind", "impersonate"].includes(verb)) return true;
  const isCore = group === "";
  if (isCore && resource === "secrets") return scope === "*" && ["get", "list", "watch"].includes(verb);
  if (isCore && ["pods/exec", "pods/attach"].includes(resource)) return scope === "*";
  if (isCore && ["nodes/proxy", "serviceaccounts/token"].includes(resource)) return true;
  return group === "admissionregistration.k8s.io" && ["create", "update", "patch"].includes(verb);
}

/** `get, list secrets in shop`, one for each resource and scope. */
export function rightsText(rights: readonly Right[]): string {
  const groups = Map.groupBy(rights, ({ scope, group, resource, name }) =>
    JSON.stringify([scope, group, resource, name]),
  );
  return [...groups.values()]
    .flatMap((members) => {
      const [first] = members;
      return first === undefined
        ? []
        : [
            rightText(
              first,
              members.map(({ verb }) => verb),
            ),
          ];
    })
    .join("; ");
}

function rightText({ scope, group, resource, name }: Right, verbs: readonly string[]): string {
  const where = scope === "*" ? "everywhere" : `in ${scope}`;
  if (group === "role") return `all that role ${resource} allows, ${where}`;
  if (group === "url") return `${verbs.join(", ")} ${resource}`;
  const full = group === "" ? resource : `${resource}.${group}`;
  return `${[...new Set(verbs)].join(", ")} ${full}${name === "*" ? "" : ` ${name}`} ${where}`;
}
