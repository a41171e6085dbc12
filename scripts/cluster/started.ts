import { existsSync } from "node:fs";
import { didYouMean } from "../../synth/model/did-you-mean.ts";
import { isDnsLabel } from "../../synth/model/dns-label.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { loadFleet, root } from "../workspace.ts";
import type { ClusterProvider } from "./provider.ts";
import { clusterFolder, readRequest, startedClusters } from "./state.ts";
import type { ProviderName, Request } from "./state.ts";

/**
 * What a name stands for is not changed under it: the old one would be lost sight of.
 *
 * @throws ProblemsError if it stands for something else
 */
export function refuseOther(
  folder: string,
  name: string,
  wanted: Pick<Request, "provider" | "cluster" | "reconciler">,
): void {
  const existing = readRequest(folder);
  if (existing === undefined) return;
  const { provider, cluster, reconciler } = existing;
  if (
    provider === wanted.provider &&
    cluster === wanted.cluster &&
    (reconciler ?? wanted.reconciler) === wanted.reconciler
  ) {
    return;
  }
  const isLike = [cluster, ...(reconciler === undefined ? [] : [`with ${reconciler}`])].join(" ");
  throw usage(
    `${name} is up already, by the provider ${provider}, as ${isLike}`,
    `take it down first (npm run slipway -- cluster down ${name}), or give this one another --name`,
  );
}

/** Provider of a cluster that is up. */
export function startedProvider(name: string): ProviderName {
  const request = readRequest(knownFolder(name));
  if (request === undefined)
    throw usage(`${name} is not up`, "start it first: npm run slipway -- cluster up");
  return request.provider;
}

/** What cannot be read is ended as what it most likely is. */
export function readProvider(folder: string): ProviderName {
  try {
    return readRequest(folder)?.provider ?? "embedded";
  } catch (error) {
    if (error instanceof ProblemsError) return "embedded";
    throw error;
  }
}

export async function providerOf(name: ProviderName, registryMirror?: string): Promise<ClusterProvider> {
  if (registryMirror !== undefined && (name !== "kind" || !/^https?:\/\//.test(registryMirror))) {
    throw usage(
      `the provider ${name} has no use for the registry mirror ${registryMirror}`,
      "give --registry-mirror with --provider kind, and as a URL: https://mirror.example.com",
    );
  }
  const providers: Readonly<Record<ProviderName, () => Promise<ClusterProvider>>> = {
    embedded: async () => (await import("./embedded.ts")).embeddedProvider,
    kind: async () => {
      const { kindProvider } = await import("../kind/provider.ts");
      return kindProvider(registryMirror === undefined ? {} : { registryMirror });
    },
  };
  return providers[name]();
}

/** Of a cluster that was started, or could have been: ending it twice is no mistake, a misspelt name is. */
export async function folderToEnd(name: string): Promise<string> {
  const { clusters } = await loadFleet();
  return clusters.some((cluster) => cluster.name === name) ? clusterFolder(root, name) : knownFolder(name);
}

export function knownFolder(name: string): string {
  const folder = clusterFolder(root, name);
  if (isDnsLabel(name) && existsSync(folder)) return folder;
  const known = startedClusters(root);
  throw usage(
    `no cluster ${name} was started on this machine`,
    known.length === 0
      ? "npm run slipway -- cluster up starts one"
      : didYouMean(name, known, `name one of: ${known.join(", ")}`),
  );
}

export function usage(what: string, fix: string): ProblemsError {
  return new ProblemsError([{ rule: "usage", at: { definition: "slipway cluster" }, what, fix }]);
}
