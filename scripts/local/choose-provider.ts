import type { Cluster } from "../../synth/model/cluster.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { readRequest } from "../cluster/state.ts";
import type { ProviderName } from "../cluster/state.ts";
import { findEngine } from "../kind/engine.ts";

export interface Chosen {
  readonly name: ProviderName;
  /** Why, for people; undefined where they asked for it. */
  readonly why: string | undefined;
}

/**
 * What a cluster runs on: what it runs on already, or what was asked for; else real nodes where a container engine
 * answers, and simulated ones where none does, or where the cluster is one of AWS.
 *
 * @param environment in which engines are looked for
 */
export async function chooseProvider(
  cluster: Cluster,
  folder: string,
  asked: ProviderName | undefined,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Chosen> {
  const { name } = cluster;
  if (asked !== undefined) return { name: asked, why: undefined };
  const request = readRequest(folder);
  if (request !== undefined) {
    return { name: request.provider, why: `${name} is on the provider ${request.provider} already` };
  }
  if (cluster.provider === "eks") {
    return { name: "embedded", why: `${name} is one of AWS: it runs on simulated nodes, with stand-ins` };
  }
  try {
    const engine = await findEngine(environment);
    return { name: "kind", why: `${engine.name} answers: ${name} runs on kind` };
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    return {
      name: "embedded",
      why: `no container engine answers: ${name} runs on simulated nodes, and its apps as mocks on this machine`,
    };
  }
}
