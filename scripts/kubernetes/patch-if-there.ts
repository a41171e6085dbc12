import type { Json } from "../../synth/objects/kubernetes-object.ts";
import { KubernetesError } from "./client.ts";
import type { KubernetesClient, ObjectReference } from "./client.ts";

/** Merges a change into an object; nothing where it has gone meanwhile. */
export async function patchIfThere(
  client: KubernetesClient,
  reference: ObjectReference,
  change: Json,
): Promise<void> {
  try {
    await client.mergePatch(reference, change);
  } catch (error) {
    if (!(error instanceof KubernetesError) || error.status !== 404) throw error;
  }
}
