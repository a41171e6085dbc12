import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { load } from "js-yaml";
import { list, number } from "../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import { isKubernetesObject } from "../../synth/objects/plain.ts";
import type { KubernetesClient } from "../kubernetes/client.ts";
import { messageOf } from "../output/message-of.ts";
import type { RunningProgram } from "../process/program.ts";
import { fileBeside, findTool } from "../tools/find.ts";
import type { ControlPlane } from "./control-plane.ts";

/** Namespace and name of the chart's Deployment, of its service account, and of the rights that these have. */
const chart = { namespace: "argo-rollouts", name: "argo-rollouts" } as const;
/** Milliseconds before an API server that refused is asked again. */
const pause = 1000;

export interface RunningRollouts {
  /** Why Rollouts are not taken care of although the chart is there, one line each. */
  complaints(): readonly string[];
  logTails(lines?: number): Readonly<Record<string, readonly string[]>>;
  stop(): Promise<void>;
}

/**
 * Argo Rollouts' controller beside the cluster, with the rights of its own manifests: from when the Deployment that
 * the chart has for it is available, as its pods would run from then on.
 *
 * @throws ProblemsError where it cannot be had
 */
export async function startRollouts(
  plane: ControlPlane,
  say: (line: string) => void,
): Promise<RunningRollouts> {
  const program = await findTool("rollouts-controller", { say });
  for (const object of rights(fileBeside(program, "role.yaml"))) await plane.client.apply(object);
  const stopped = new AbortController();
  let running: RunningProgram | undefined;
  let failure: string | undefined;
  const following = whenAvailable(plane.client, stopped.signal)
    .then(async (isThere) => {
      if (isThere) running = await start(plane, program);
    })
    .catch((error: unknown) => {
      failure = messageOf(error);
    });
  return {
    complaints: () => {
      const ended = running?.ended();
      const what = failure ?? (ended === undefined ? undefined : `it ended with ${ended}`);
      return what === undefined ? [] : [`Argo Rollouts: ${what}`];
    },
    logTails: (lines) => (running === undefined ? {} : { [running.name]: running.logTail(lines) }),
    stop: async () => {
      stopped.abort();
      await following;
      await running?.stop();
    },
  };
}

/** Resolves with true once the chart's Deployment has a pod that is available, with false if it is stopped before. */
async function whenAvailable(client: KubernetesClient, signal: AbortSignal): Promise<boolean> {
  const query = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    namespace: chart.namespace,
    fieldSelector: `metadata.name=${chart.name}`,
  };
  while (!signal.aborted) {
    try {
      for await (const { object } of client.watch(query, signal)) {
        if ((number(object, "status", "availableReplicas") ?? 0) > 0) return true;
      }
    } catch {
      // An API server that is being restarted: ask it again.
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }
  return false;
}

function start(plane: ControlPlane, program: string): Promise<RunningProgram> {
  const home = join(plane.folder, "argo-rollouts");
  mkdirSync(home, { recursive: true, mode: 0o700 });
  return plane.startProgram({
    name: "argo-rollouts",
    program,
    args: [
      "--leader-elect=false",
      // It would serve both to the whole network and will not be told otherwise. Without a port it says so, and works.
      "--healthzPort=-1",
      "--metricsPort=-1",
    ],
    // Nothing that the user set for AWS reaches it.
    env: { HOME: home, KUBECONFIG: plane.kubeconfigOf(chart), POD_NAMESPACE: chart.namespace, GOGC: "200" },
  });
}

/** What its own manifests let it do, which the chart of the real cluster brings. */
function rights(manifest: string): readonly KubernetesObject[] {
  const role: unknown = load(readFileSync(manifest, "utf8"));
  if (!isKubernetesObject(role) || list(role, "rules").length === 0)
    throw new Error(`${manifest} is no role`);
  const metadata = { name: `slipway-live-${chart.name}` };
  return [
    { ...role, metadata },
    {
      apiVersion: role.apiVersion,
      kind: "ClusterRoleBinding",
      metadata,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: role.kind, name: metadata.name },
      subjects: [{ kind: "ServiceAccount", ...chart }],
    },
  ];
}
