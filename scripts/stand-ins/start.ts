import { text } from "../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import { isKubernetesObject } from "../../synth/objects/plain.ts";
import type { RemoteSecret } from "../../synth/aws/remote-secrets.ts";
import type { KubernetesClient } from "../kubernetes/client.ts";
import { outsideSources } from "../loopback/sources.ts";
import { definitionsOfKinds } from "./charts/definitions.ts";
import { edge } from "./controllers/addresses.ts";
import { certManager } from "./controllers/certificates.ts";
import { metricsApi, metricsServer } from "./controllers/metrics.ts";
import { nodeAutoscaler } from "./controllers/node-scaling.ts";
import type { NodeScaling } from "./controllers/node-scaling.ts";
import { prometheusOperator } from "./controllers/prometheus.ts";
import { takenUpKinds } from "./controllers/readiness.ts";
import { countsOnLocalPath, csiDrivers, localPathClass } from "./controllers/volumes.ts";
import { helmController } from "./helm/helm-release.ts";
import type { HelmOptions } from "./helm/helm-release.ts";
import { runStandIn } from "./run.ts";
import type { Running } from "./run.ts";
import { externalSecret } from "./secrets/external-secret.ts";
import { startSecretsManager } from "./secrets/secrets-manager.ts";
import { stores } from "./secrets/store.ts";
import type { StandIn } from "./stand-in.ts";

export interface StandInsOptions {
  readonly client: KubernetesClient;
  /** State folder of the cluster. */
  readonly folder: string;
  /** Parsed objects of dist/<cluster>, of every revision that is going to be reconciled. */
  readonly objects: readonly unknown[];
  /** What lies in AWS Secrets Manager. */
  readonly secrets: readonly RemoteSecret[];
  /** Nodes that an autoscaler may add, where dist has its chart. Default: none. */
  readonly nodes?: NodeScaling;
  /** What HelmReleases are rendered and applied with; absent where Argo CD does it itself. */
  readonly helm?: Omit<HelmOptions, "folder">;
  /** Take the place of those for the same kind: where something nearer to AWS is there. Default: none. */
  readonly instead?: readonly StandIn[];
}

export interface StandIns {
  /** What was stood in for so far, one line each, for reports. */
  readonly used: () => readonly string[];
  /** What a stand-in could not do, one line each; empty where all is well. */
  readonly complaints: () => readonly string[];
  readonly stop: () => Promise<void>;
}

/** Comes with helm-controller, which is not there to bring it. */
const releaseKind = "helm.toolkit.fluxcd.io/v2/HelmRelease";

/**
 * Starts everything that stands in for what only a real cluster has. It works until it is stopped, in this process;
 * only moto is another one.
 *
 * @throws ProblemsError where moto is needed and cannot be had
 */
export async function startStandIns(options: StandInsOptions): Promise<StandIns> {
  const { client, folder, objects, instead = [] } = options;
  const isReplaced = (kind: string): boolean => instead.some(({ watches }) => watches.kind === kind);
  const hasStore =
    !isReplaced("ExternalSecret") &&
    objects.some((object) => text(object, "spec", "provider", "aws", "service") === "SecretsManager");
  const secretsManager = hasStore ? await startSecretsManager(folder, options.secrets) : undefined;
  const charts = outsideSources(objects).charts;
  const scaled = charts.some(({ name }) => name === "cluster-autoscaler") ? options.nodes : undefined;
  const isMeasured = charts.some(({ name }) => name === "metrics-server");
  if (countsOnLocalPath(objects)) await client.apply(localPathClass);
  if (isMeasured) await client.apply(metricsApi);
  if (options.helm !== undefined) {
    for (const definition of definitionsOfKinds([releaseKind]).filter(isKubernetesObject))
      await client.apply(definition);
  }
  const standIns: readonly StandIn[] = [
    ...certManager,
    ...csiDrivers,
    ...edge,
    ...prometheusOperator,
    ...stores,
    ...takenUpKinds,
    externalSecret(secretsManager),
    ...(isMeasured ? [metricsServer] : []),
    ...(scaled ? [nodeAutoscaler(scaled)] : []),
    ...(options.helm ? [helmController({ ...options.helm, folder: `${folder}/charts` })] : []),
  ].filter(({ watches }) => !isReplaced(watches.kind));
  const touched = new Map<string, Set<string>>();
  const running = [...standIns, ...instead].map((standIn) =>
    runStandIn(standIn, client, noteFor(standIn, touched)),
  );
  return {
    used: () =>
      [...linesOf(touched), ...charts.map(({ name, version }) => `chart ${name} ${version}`)].toSorted(),
    complaints: () => running.flatMap(complaintsOf),
    stop: async () => {
      await Promise.all(running.map(({ stop }) => stop()));
      await secretsManager?.stop();
    },
  };
}

function noteFor({ standsInFor }: StandIn, touched: Map<string, Set<string>>) {
  return ({ kind, metadata: { namespace, name } }: KubernetesObject): void => {
    const names = touched.get(standsInFor) ?? new Set();
    touched.set(standsInFor, names.add(`${kind}/${namespace ?? ""}/${name}`));
  };
}

function linesOf(touched: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  return [...touched].map(([what, names]) => `${what} (${names.size} object${names.size === 1 ? "" : "s"})`);
}

function complaintsOf({ complaints }: Running): readonly string[] {
  return [...complaints].map(([name, complaint]) => `${name}: ${complaint}`);
}
