import { groupKindOf, groupOf } from "../objects/group-kind.ts";
import type { RenderedObject } from "../render/render.ts";
import type { Slice } from "../resolve/slice.ts";
import { objectProblem } from "./check.ts";
import type { Check } from "./check.ts";
import { indexOf } from "./index-objects.ts";

/** Kinds by which a reconciler is told what to do: whoever may write them may do what the reconciler may. */
const reconcilerGroups: ReadonlySet<string> = new Set([
  "helm.toolkit.fluxcd.io",
  "image.toolkit.fluxcd.io",
  "kustomize.toolkit.fluxcd.io",
  "notification.toolkit.fluxcd.io",
  "source.toolkit.fluxcd.io",
  "fluxcd.controlplane.io",
]);
const reconcilerKinds: ReadonlySet<string> = new Set([
  "argoproj.io/Application",
  "argoproj.io/ApplicationSet",
  "argoproj.io/AppProject",
]);

/** An app holds objects in its own namespaces, and none that reach beyond them. */
export const appScope: Check = {
  id: "app-scope",
  *run(input) {
    const { namespaces } = indexOf(input);
    for (const { slice, objects } of input.slices) {
      if (slice.kind !== "placement") continue;
      for (const rendered of objects) {
        const { namespace } = rendered.object.metadata;
        // One that nobody declares is told by "namespace-reference".
        if (namespace !== undefined && !namespaces.has(namespace)) continue;
        const stray = strayOf(slice, rendered);
        if (stray !== undefined) yield objectProblem(appScope.id, input, rendered, stray.what, stray.fix);
      }
    }
  },
};

function strayOf(slice: Slice, { object }: RenderedObject): { what: string; fix: string } | undefined {
  const { namespace } = object.metadata;
  if (namespace === undefined) {
    return {
      what: `an app holds nothing outside namespaces, and ${object.kind} is for the whole cluster`,
      fix: "make it an add-on in platform/, which the platform's owners review",
    };
  }
  const own = [slice.namespace, ...slice.otherNamespaces];
  if (!own.includes(namespace)) {
    return {
      what: `it stands in namespace ${namespace}, which is not ${slice.owner}'s`,
      fix: `put it into ${own.join(" or ")}, or declare the namespace in the app's namespaces()`,
    };
  }
  const kind = groupKindOf(object);
  if (reconcilerGroups.has(groupOf(object.apiVersion)) || reconcilerKinds.has(kind)) {
    return {
      what: `${object.kind} tells the reconciler what to do, with the reconciler's rights`,
      fix: "leave that to synth, which makes what delivers the app",
    };
  }
  return undefined;
}
