import { setTimeout as sleep } from "node:timers/promises";
import { startArgoCd } from "../../../../scripts/control-plane/argocd.ts";
import type { ControlPlane } from "../../../../scripts/control-plane/control-plane.ts";
import { startFlux } from "../../../../scripts/control-plane/flux.ts";
import type { RunningReconciler } from "../../../../scripts/control-plane/reconciler.ts";
import { say } from "../../../../scripts/stand-ins/conditions.ts";
import type { StandIn } from "../../../../scripts/stand-ins/stand-in.ts";

/** A reconciler whose programs run beside the cluster, from when what installs it has been installed in it. */
export interface InstalledReconciler {
  /** What plays a part in it inside of the cluster. */
  readonly standIns: readonly StandIn[];
  /** Begins to wait for it. */
  readonly follow: (plane: ControlPlane) => void;
  readonly stop: () => Promise<void>;
}

type Environment = Readonly<Record<string, string>>;

/** Milliseconds between looks whether Helm has done its part. */
const every = 500;

/**
 * Argo CD's own programs, as soon as Helm has installed its chart: pods of simulated nodes run none.
 *
 * @param values of the chart, whose settings the programs get
 */
export function installedArgoCd(environment: Environment, values: string): InstalledReconciler {
  const over = new AbortController();
  let running: Promise<RunningReconciler | undefined> = Promise.resolve(undefined);
  const whenInstalled = async (plane: ControlPlane): Promise<RunningReconciler | undefined> => {
    const releases = {
      apiVersion: "v1",
      kind: "Secret",
      namespace: "argocd",
      labelSelector: "owner=helm,name=argo-cd,status=deployed",
    };
    while (!over.signal.aborted) {
      if ((await plane.client.list(releases)).length > 0) return startArgoCd(plane, { environment, values });
      await sleep(every);
    }
    return undefined;
  };
  return {
    standIns: [],
    follow: (plane) => void (running = whenInstalled(plane)),
    stop: async () => {
      over.abort();
      await (await running)?.stop();
    },
  };
}

/** Flux's own controllers, as soon as there is a FluxInstance: what the operator, whose chart Helm installs, does with one. */
export function installedFlux(environment: Environment, instance: string): InstalledReconciler {
  let plane: ControlPlane | undefined;
  let running: Promise<RunningReconciler> | undefined;
  const operator: StandIn = {
    standsInFor: "the Flux operator: Flux's controllers, beside the cluster",
    watches: { apiVersion: "fluxcd.controlplane.io/v1", kind: "FluxInstance" },
    reconcile: async (object, { client, note }) => {
      note(object);
      if (plane === undefined) return every;
      await (running ??= startFlux(plane, { environment, instance }));
      const ready = { status: "True", reason: "ReconciliationSucceeded", message: "Flux answers" } as const;
      await say(client, object, ready);
      return undefined;
    },
  };
  return {
    standIns: [operator],
    follow: (started) => (plane = started),
    stop: async () => (await running)?.stop(),
  };
}
