import { outlivesGit } from "../reconciler/stateful.ts";
import type { DistObject } from "../changes/dist-object.ts";
import type { DistTree } from "../changes/dist-tree.ts";
import { text } from "../objects/json-fields.ts";
import { objectName } from "../objects/kubernetes-object.ts";
import { gateProblem } from "./gate.ts";
import type { Gate } from "./gate.ts";

/** Kinds whose deletion takes more along than themselves, or cannot be undone, and what that is. */
const costs: Readonly<Record<string, string>> = {
  "/Namespace": "everything in it goes with it",
  "apiextensions.k8s.io/CustomResourceDefinition": "every object of its kind goes with it",
  "/PersistentVolumeClaim": "the data on its volume may go with it",
  "/PersistentVolume": "the data on it may go with it",
  "apps/StatefulSet": "its pods go, and its volumes have no owner",
  "snapshot.storage.k8s.io/VolumeSnapshot": "the copy of the data goes",
  "argoproj.io/Application": "every object that it has brought goes with it",
  "argoproj.io/ApplicationSet": "every Application that it has made goes with it",
  "argoproj.io/AppProject": "Applications of it stop to sync, and cannot be removed either",
  "kustomize.toolkit.fluxcd.io/Kustomization": "every object that it has brought goes with it",
  "helm.toolkit.fluxcd.io/HelmRelease": "its chart is uninstalled",
};

/** Nothing is deleted that holds data or holds others. */
export const statefulDeleted: Gate = {
  id: "stateful-deleted",
  *run({ base, head, changes }) {
    for (const { kind, operation, before } of changes.objects) {
      const cost = costs[kind];
      if (operation !== "removed" || before === undefined || cost === undefined) continue;
      if (kind === "argoproj.io/AppProject" && isLeft(base, head, before)) continue;
      const keeps = outlivesGit(before.object);
      yield gateProblem(
        statefulDeleted.id,
        before,
        keeps
          ? `it leaves git; the reconciler leaves it in the cluster, where nobody looks after it. Once somebody deletes it, ${cost}`
          : `it is deleted: ${cost}`,
        "keep its definition; if it is meant to go, say so in a waiver",
      );
    }
  },
};

/** Whether all Applications of a project stay, and are in another one by now: then nothing needs it. */
function isLeft(base: DistTree, head: DistTree, { cluster, object }: DistObject): boolean {
  const members = base
    .objects(cluster, application)
    .filter((member) => projectOf(member) === object.metadata.name);
  const now = new Map(
    head.objects(cluster, application).map((each) => [objectName(each.object), projectOf(each)]),
  );
  return members.every((member) => {
    const project = now.get(objectName(member.object));
    return project !== undefined && project !== object.metadata.name;
  });
}

const application = "argoproj.io/Application";

function projectOf({ object }: DistObject): string | undefined {
  return text(object, "spec", "project");
}
