import type { KindReference } from "../../kubernetes/client.ts";
import { say } from "../conditions.ts";
import type { StandIn } from "../stand-in.ts";

/** A kind of which nothing is looked at in live verification but that its controller has taken it up. */
function takenUp(standsInFor: string, watches: KindReference, reason: string): StandIn {
  return {
    standsInFor,
    watches,
    reconcile: async (object, { client, note }) => {
      note(object);
      await say(client, object, { status: "True", reason, message: "Taken up by a stand-in." });
      return undefined;
    },
  };
}

/** Kinds that their controllers only have to find well-formed, which the API server has done. */
export const takenUpKinds: readonly StandIn[] = [
  takenUp(
    "the Flux operator: FluxInstances, whose Flux runs beside the cluster",
    { apiVersion: "fluxcd.controlplane.io/v1", kind: "FluxInstance" },
    "ReconciliationSucceeded",
  ),
  ...["ScaledObject", "ScaledJob"].map((kind) =>
    takenUp(`KEDA: ${kind}s, which scale nothing`, { apiVersion: "keda.sh/v1alpha1", kind }, `${kind}Ready`),
  ),
];
