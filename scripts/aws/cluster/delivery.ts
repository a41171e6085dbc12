import * as v from "valibot";
import { argocdNamespace } from "../../../synth/argocd/names.ts";
import { fluxNamespace, sourceName } from "../../../synth/flux/names.ts";
import type { Reconciler } from "../../../synth/model/names.ts";
import type { ClusterAccess, ObjectName } from "./cluster-access.ts";

/** How far the reconciler is with a slice. */
export interface DeliveryState {
  readonly ready: boolean;
  /** Commit that the cluster was made equal to last; undefined before the first time. */
  readonly revision?: string;
  /** Path below the repository that it comes from. */
  readonly path?: string;
  /** In the reconciler's words. */
  readonly says: string;
}

/** How a reconciler is asked about a slice. */
interface Delivery {
  /** Name of the object that brings all others. */
  readonly root: string;
  readonly state: (access: ClusterAccess, slice: string) => Promise<DeliveryState | undefined>;
  /** Makes it look at git now, and not at its next interval. */
  readonly hurry: (access: ClusterAccess, slice: string) => Promise<void>;
}

const application = (name: string): ObjectName => ({
  resource: "applications.argoproj.io",
  namespace: argocdNamespace,
  name,
});

const sourceSchema = v.object({ path: v.optional(v.string()) });

const applicationSchema = v.object({
  spec: v.object({ source: v.optional(sourceSchema), sources: v.optional(v.array(sourceSchema), []) }),
  status: v.optional(
    v.object({
      sync: v.optional(
        v.object({
          status: v.string(),
          revision: v.optional(v.string()),
          revisions: v.optional(v.array(v.string()), []),
        }),
      ),
      health: v.optional(v.object({ status: v.optional(v.string(), "Unknown") })),
      operationState: v.optional(v.object({ message: v.optional(v.string()) })),
    }),
    {},
  ),
});

const kustomization = (name: string): ObjectName => ({
  resource: "kustomizations.kustomize.toolkit.fluxcd.io",
  namespace: fluxNamespace,
  name,
});

const kustomizationSchema = v.object({
  metadata: v.object({ generation: v.number() }),
  spec: v.object({ path: v.optional(v.string()) }),
  status: v.optional(
    v.object({
      observedGeneration: v.optional(v.number()),
      lastAppliedRevision: v.optional(v.string()),
      conditions: v.optional(
        v.array(v.object({ type: v.string(), status: v.string(), message: v.optional(v.string(), "") })),
        [],
      ),
    }),
    {},
  ),
});

/** What each reconciler calls done. */
export const deliveries: Readonly<Record<Reconciler, Delivery>> = {
  argocd: {
    root: "slipway",
    state: async (access, slice) => {
      const found = await access.find(applicationSchema, application(slice));
      if (found === undefined) return undefined;
      const { sync, health, operationState } = found.status;
      const { source, sources } = found.spec;
      // A chart with objects of ours beside it has two sources, and a revision for each.
      const fromGit = sources.findIndex((each) => each.path !== undefined);
      const path = source?.path ?? sources[fromGit]?.path;
      const revision = sync?.revision ?? sync?.revisions[fromGit];
      const message = operationState?.message;
      return {
        ready: sync?.status === "Synced" && health?.status === "Healthy",
        ...(revision !== undefined && { revision }),
        ...(path !== undefined && { path }),
        says: [sync?.status ?? "not looked at yet", health?.status, message].filter(Boolean).join(", "),
      };
    },
    hurry: (access, slice) =>
      access.patch(application(slice), {
        metadata: { annotations: { "argocd.argoproj.io/refresh": "normal" } },
      }),
  },
  flux: {
    root: sourceName,
    state: async (access, slice) => {
      const found = await access.find(kustomizationSchema, kustomization(slice));
      if (found === undefined) return undefined;
      const { observedGeneration, lastAppliedRevision, conditions = [] } = found.status;
      const ready = conditions.find(({ type }) => type === "Ready");
      // main@sha1:<commit>
      const revision = lastAppliedRevision?.split(":").at(-1);
      return {
        ready: ready?.status === "True" && observedGeneration === found.metadata.generation,
        ...(revision !== undefined && { revision }),
        ...(found.spec.path !== undefined && { path: found.spec.path.replace(/^\.\//, "") }),
        says: ready?.message ?? "not looked at yet",
      };
    },
    hurry: async (access, slice) => {
      const requested = { "reconcile.fluxcd.io/requestedAt": new Date().toISOString() };
      const source = {
        resource: "gitrepositories.source.toolkit.fluxcd.io",
        namespace: fluxNamespace,
        name: sourceName,
      };
      await access.patch(source, { metadata: { annotations: requested } });
      await access.patch(kustomization(slice), { metadata: { annotations: requested } });
    },
  },
};
