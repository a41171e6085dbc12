import { list, strings, text } from "../objects/json-fields.ts";
import type { RenderedObject } from "../render/render.ts";
import type { Slice } from "../resolve/slice.ts";
import { objectProblem } from "./check.ts";
import type { Check, Complain } from "./check.ts";
import type { Problem } from "../model/problem.ts";

/** Verbs and resources by which a role leads to rights that it does not name. */
const leading: ReadonlySet<string> = new Set([
  "bind",
  "escalate",
  "impersonate",
  "serviceaccounts/token",
  "nodes/proxy",
]);

/** An app gives rights to its own accounts only, and only those that it writes out. */
export const appRights: Check = {
  id: "app-rights",
  *run(input) {
    for (const { slice, objects } of input.slices) {
      if (slice.kind !== "placement") continue;
      for (const rendered of objects) {
        const complain: Complain = (what, fix) => objectProblem(appRights.id, input, rendered, what, fix);
        if (rendered.object.kind === "Role") yield* roleProblems(rendered, complain);
        if (rendered.object.kind === "RoleBinding") yield* bindingProblems(slice, rendered, complain);
        if (rendered.object.kind === "ServiceAccount") yield* accountProblems(slice, rendered, complain);
      }
    }
  },
};

function* roleProblems({ object }: RenderedObject, complain: Complain): Iterable<Problem> {
  for (const rule of list(object, "rules")) {
    for (const entry of [...strings(rule, "verbs"), ...strings(rule, "resources")]) {
      if (!leading.has(entry)) continue;
      yield complain(`${entry} leads to rights that the role does not name`, "name the rights themselves");
    }
  }
}

function* bindingProblems(slice: Slice, { object }: RenderedObject, complain: Complain): Iterable<Problem> {
  const role = text(object, "roleRef", "name") ?? "";
  // The one that may do everything is told by "rbac-wildcard".
  if (text(object, "roleRef", "kind") !== "Role" && role !== "cluster-admin") {
    yield complain(
      `it binds the ClusterRole ${role}, which others write`,
      "bind a Role with the rights it needs, made with role(…)",
    );
  }
  const own = new Set([slice.namespace, ...slice.otherNamespaces]);
  for (const subject of list(object, "subjects")) {
    const isOwn = text(subject, "kind") === "ServiceAccount" && own.has(text(subject, "namespace") ?? "");
    if (isOwn && text(subject, "name") !== "default") continue;
    yield complain(
      `it gives rights to ${text(subject, "kind") ?? ""} ${text(subject, "name") ?? ""}`,
      "give them to a service account of the app",
    );
  }
}

function* accountProblems(slice: Slice, { object }: RenderedObject, complain: Complain): Iterable<Problem> {
  const { name, namespace = slice.namespace, annotations } = object.metadata;
  const arn = annotations?.["eks.amazonaws.com/role-arn"];
  if (arn === undefined || arn === slice.context.identity(name, namespace)["eks.amazonaws.com/role-arn"])
    return;
  yield complain(
    `it takes the role ${arn}, which the cluster's facts do not give it`,
    "declare its permissions in the app; the role then comes from the facts",
  );
}
