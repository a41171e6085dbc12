import { setTimeout as sleep } from "node:timers/promises";
import type { Reconciler } from "../../synth/model/names.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import type { KindReference, KubernetesClient } from "../kubernetes/client.ts";
import { clusterManifests } from "../verify/dist/manifests.ts";
import type { Manifest } from "../verify/dist/manifests.ts";
import { reconcilerViews } from "../verify/reconcilers/views.ts";
import { liveObjects } from "./live-objects.ts";

/** What has been published for a cluster to follow, by path from the root of dist. */
export interface Published {
  readonly files: ReadonlyMap<string, string>;
  readonly commit: string;
}

export interface Waiting {
  /** What is not yet as published, a line each; empty when everything is synced and healthy. */
  readonly waiting: readonly string[];
  /** What the reconciler complains of. */
  readonly troubles: readonly string[];
}

/** Kinds by whose status a cluster tells how far it is; Flux has charts apart. */
const told: Readonly<Record<Reconciler, readonly KindReference[]>> = {
  argocd: [{ apiVersion: "argoproj.io/v1alpha1", kind: "Application" }],
  flux: [
    { apiVersion: "kustomize.toolkit.fluxcd.io/v1", kind: "Kustomization" },
    { apiVersion: "helm.toolkit.fluxcd.io/v2", kind: "HelmRelease" },
  ],
};

/** Follows what a reconciler says of its Applications, or of its Kustomizations and HelmReleases. */
export class SettleWatch {
  readonly #cluster: string;
  readonly #reconciler: Reconciler;
  readonly #live: readonly ReadonlyMap<string, KubernetesObject>[];
  #changed = Promise.withResolvers<void>();

  constructor(client: KubernetesClient, cluster: string, reconciler: Reconciler, signal: AbortSignal) {
    this.#cluster = cluster;
    this.#reconciler = reconciler;
    this.#live = told[reconciler].map((kind) =>
      liveObjects(client, kind, signal, () => this.#changed.resolve()),
    );
  }

  /**
   * Resolves when everything is synced and healthy, with nothing to wait for; or, at the limit or the signal, with what
   * there is then.
   */
  async until(published: Published, milliseconds: number, signal: AbortSignal): Promise<Waiting> {
    const { manifests } = clusterManifests(published.files, this.#cluster);
    const deadline = Date.now() + milliseconds;
    for (;;) {
      this.#changed = Promise.withResolvers<void>();
      const state = this.#look(manifests, published.commit);
      if (state.waiting.length === 0 || signal.aborted || Date.now() > deadline) return state;
      // At least once a second, for the signal and the limit.
      await Promise.race([this.#changed.promise, sleep(1_000)]);
    }
  }

  #look(manifests: readonly Manifest[], commit: string): Waiting {
    const view = reconcilerViews[this.#reconciler];
    const objects = this.#live.flatMap((kind) => [...kind.values()]);
    const troubles = objects.flatMap((object) => {
      const trouble = view.troubleOf(object);
      return trouble === undefined ? [] : [`${trouble.name}: ${trouble.message}`];
    });
    return { waiting: view.waiting(objects, manifests, commit), troubles };
  }
}
