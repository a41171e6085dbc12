import { number, text } from "../../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import type { KubernetesClient } from "../../kubernetes/client.ts";
import { isReady, say } from "../conditions.ts";
import { referenceOf } from "../reference.ts";
import type { Artifact } from "./chart-archive.ts";

const requested = "reconcile.fluxcd.io/requestedAt";

/** Whether this very release and chart have been dealt with, and nobody asks to have drift corrected. */
export function isDone(release: KubernetesObject, { revision }: Artifact): boolean {
  const isAsked =
    release.metadata.annotations?.[requested] !== text(release, "status", "lastHandledReconcileAt");
  const corrects = text(release, "spec", "driftDetection", "mode") === "enabled";
  return (
    !(isAsked && corrects) &&
    number(release, "status", "observedGeneration") === number(release, "metadata", "generation") &&
    text(release, "status", "lastAttemptedRevision") === revision &&
    isReady(release)
  );
}

/** Which generation of the release a status is about. */
export function observed(release: KubernetesObject) {
  return { observedGeneration: number(release, "metadata", "generation") ?? 1 };
}

/** Says that the release is what it asks to be. */
export async function succeed(
  release: KubernetesObject,
  { revision }: Artifact,
  client: KubernetesClient,
): Promise<void> {
  const name = text(release, "spec", "releaseName") ?? release.metadata.name;
  const message = `Helm install succeeded for release ${name} with chart ${revision}`;
  const handled = release.metadata.annotations?.[requested];
  const status = {
    ...observed(release),
    lastAttemptedRevision: revision,
    ...(handled !== undefined && { lastHandledReconcileAt: handled }),
  };
  await client.mergePatch(referenceOf(release), { status }, "status");
  await say(client, release, { status: "True", reason: "InstallSucceeded", message }, status);
}
