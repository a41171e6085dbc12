import { field, text } from "../../synth/objects/json-fields.ts";
import { KubernetesError } from "../kubernetes/client.ts";
import type { KubernetesClient } from "../kubernetes/client.ts";

const application = { apiVersion: "argoproj.io/v1alpha1", kind: "Application" } as const;

/**
 * Ends syncs that have failed and wait to be tried again, which may take minutes, so that the latest revision is synced
 * at once. A person does it with `argocd app terminate-op`.
 */
export async function endRetries(client: KubernetesClient): Promise<void> {
  const waiting = (await client.list(application)).filter(
    (object) =>
      text(object, "status", "operationState", "phase") === "Running" &&
      field(object, "status", "operationState", "finishedAt") !== undefined,
  );
  const status = { operationState: { phase: "Terminating" } };
  for (const { metadata } of waiting) {
    const { name, namespace = "" } = metadata;
    try {
      await client.mergePatch({ ...application, name, namespace }, { status });
    } catch (error) {
      // Gone meanwhile.
      if (!(error instanceof KubernetesError) || error.status !== 404) throw error;
    }
  }
}
