import type { Problem } from "../../../synth/model/problem.ts";
import { groupOf } from "../../../synth/objects/group-kind.ts";
import { field, text } from "../../../synth/objects/json-fields.ts";
import type { Manifest } from "../dist/manifests.ts";
import { manifestsOf } from "../site.ts";
import type { Site } from "../site.ts";
import { inParallel } from "./in-parallel.ts";
import { complain } from "./outcome.ts";

interface Question {
  readonly manifest: Manifest;
  readonly account: string;
  readonly namespace: string;
  readonly verb: "create" | "patch" | "delete";
  readonly group: string;
  readonly resource: string;
}

/**
 * What accounts that Kustomizations act as may not do with their own objects. That they may apply them shows when they
 * do; that they may remove them would show only when somebody needs it.
 */
export async function missingRights(
  site: Site,
): Promise<{ readonly asked: number; readonly problems: readonly Problem[] }> {
  const plurals = new Map(
    (await site.client.kinds()).map(({ apiVersion, kind, plural }) => [`${apiVersion} ${kind}`, plural]),
  );
  const questions = new Map<string, Question>();
  for (const { account, namespace, manifest } of applied(site)) {
    const { apiVersion, kind } = manifest.object;
    const resource = plurals.get(`${apiVersion} ${kind}`);
    if (resource === undefined) continue;
    for (const verb of ["create", "patch", "delete"] as const) {
      const question = { manifest, account, namespace, verb, group: groupOf(apiVersion), resource };
      const { metadata } = manifest.object;
      questions.set([account, verb, question.group, resource, metadata.namespace ?? ""].join(" "), question);
    }
  }
  const problems = await inParallel([...questions.values()], (question) => refused(site, question));
  return { asked: questions.size, problems: problems.flat() };
}

/** Every manifest with the account that applies it, where one does. */
function applied(site: Site) {
  const { manifests } = manifestsOf(site);
  return manifests.flatMap(({ object }) => {
    const account = text(object, "spec", "serviceAccountName");
    const folder = text(object, "spec", "path")?.replace(/^\.\/dist\//, "");
    if (object.kind !== "Kustomization" || account === undefined || folder === undefined) return [];
    const namespace = object.metadata.namespace ?? "";
    return manifests
      .filter(({ path }) => path.slice(0, path.lastIndexOf("/")) === folder)
      .map((manifest) => ({ account, namespace, manifest }));
  });
}

async function refused(site: Site, question: Question): Promise<readonly Problem[]> {
  const { account, namespace, verb, group, resource, manifest } = question;
  const { metadata } = manifest.object;
  const review = await site.client.review({
    apiVersion: "authorization.k8s.io/v1",
    kind: "SubjectAccessReview",
    metadata: {},
    spec: {
      user: `system:serviceaccount:${namespace}:${account}`,
      groups: ["system:serviceaccounts", `system:serviceaccounts:${namespace}`, "system:authenticated"],
      resourceAttributes: { verb, group, resource, namespace: metadata.namespace ?? "" },
    },
  });
  if (field(review, "status", "allowed") === true) return [];
  return [
    complain("privilege", site, {
      object: manifest.object,
      definition: manifest.definition,
      what: `the account ${account} may not ${verb} ${resource}${group === "" ? "" : `.${group}`}, which its own slice holds`,
      fix: "npm run synth renders it again, for the rights of an account follow from the objects of its slice",
    }),
  ];
}
