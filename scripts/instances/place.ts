import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { ProblemsError } from "../../synth/model/problem.ts";
import { KubernetesError } from "../kubernetes/client.ts";
import type { KubernetesClient } from "../kubernetes/client.ts";
import { connectKubernetes } from "../kubernetes/connect.ts";
import { instanceKind } from "./user-instance.ts";
import type { Place } from "./operations.ts";

export interface PlaceOptions {
  readonly namespace: string;
  readonly kubeconfig?: string;
  readonly context?: string;
}

/**
 * Works on the instances of a namespace, with the rights that the kubeconfig has.
 *
 * @throws ProblemsError for what the API server refuses, in its own words
 */
export async function withPlace(options: PlaceOptions, work: (place: Place) => Promise<void>): Promise<void> {
  const { namespace, context } = options;
  const kubeconfig = options.kubeconfig ?? defaultKubeconfig();
  if (!existsSync(kubeconfig)) {
    throw refusal(kubeconfig, "there is no such kubeconfig", "name one: --kubeconfig <path>");
  }
  try {
    const client = await connectKubernetes(kubeconfig, context);
    try {
      await refuseOtherClusters(kubeconfig, client);
      await work({ client, namespace });
    } finally {
      client.close();
    }
  } catch (error) {
    if (!(error instanceof KubernetesError)) throw error;
    throw refusal(
      kubeconfig,
      error.message,
      "see that it is the right cluster, and that the kubeconfig has the rights",
    );
  }
}

function defaultKubeconfig(): string {
  const named = (process.env["KUBECONFIG"] ?? "").split(delimiter).find((path) => path !== "");
  return named ?? join(homedir(), ".kube/config");
}

/** Where the kind is not known, an empty list would look like an answer. */
async function refuseOtherClusters(kubeconfig: string, client: KubernetesClient): Promise<void> {
  const { apiVersion, kind } = instanceKind;
  const kinds = await client.kinds();
  if (kinds.some((served) => served.kind === kind && served.apiVersion === apiVersion)) return;
  throw refusal(
    kubeconfig,
    `${client.address} has no UserInstances`,
    "name the cluster that runs the add-on user-instances",
  );
}

function refusal(definition: string, what: string, fix: string): ProblemsError {
  return new ProblemsError([{ rule: "instances", at: { definition }, what, fix }]);
}
