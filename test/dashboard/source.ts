import type { Part, Picture } from "../../scripts/dashboard/model.ts";
import type { Source } from "../../scripts/dashboard/server.ts";

/** A picture that a test changes, as the watches of a cluster would. */
export class ChangingPicture implements Source {
  #picture: Picture;
  #next = Promise.withResolvers<void>();

  constructor(parts: readonly Part[]) {
    this.#picture = { cluster: "attractor-factory", reachable: true, parts };
  }

  picture(): Picture {
    return this.#picture;
  }

  change(): Promise<void> {
    return this.#next.promise;
  }

  set(change: Partial<Picture>): void {
    this.#picture = { ...this.#picture, ...change };
    const { resolve } = this.#next;
    this.#next = Promise.withResolvers<void>();
    resolve();
  }

  setPart(id: string, change: Partial<Part>): void {
    this.set({ parts: this.#picture.parts.map((part) => (part.id === id ? { ...part, ...change } : part)) });
  }
}

/** A part that is well, but for what is named. */
export function part(name: string, change: Partial<Part> = {}): Part {
  return {
    id: `Application argocd/${name}`,
    kind: "Application",
    name,
    layer: "controllers",
    sync: "synced",
    health: "healthy",
    revision: "1a2b3c4d",
    objects: [],
    ...change,
  };
}

const long = "a-name-that-is-as-long-as-kubernetes-lets-it-be-and-then-some-more-of-it-still";

/** A cluster in the middle of a release, with long names and a fault. */
export const release: readonly Part[] = [
  part("slipway", { layer: "bootstrap", objects: [] }),
  part("namespaces", { layer: "foundation" }),
  part("priority-classes", { layer: "foundation" }),
  part("external-secrets", {
    objects: [
      {
        id: "1",
        kind: "ServiceAccount",
        namespace: "external-secrets",
        name: "external-secrets",
        sync: "synced",
      },
      {
        id: "2",
        kind: "Deployment",
        namespace: "external-secrets",
        name: "external-secrets",
        sync: "synced",
        health: "healthy",
      },
      { id: "3", kind: "ValidatingWebhookConfiguration", name: long, sync: "out-of-sync" },
    ],
    sync: "out-of-sync",
  }),
  part("traefik", {
    sync: "syncing",
    health: "progressing",
    revision: "41.3.0",
    note: "waiting for healthy state of apps/DaemonSet/traefik",
  }),
  part("secret-store", { layer: "configuration" }),
  part("attractor-factory-prod", {
    layer: "applications",
    health: "degraded",
    error: `Deployment.apps "factory-api" is invalid: spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{"app.kubernetes.io/name":"factory-api"}}: field is immutable`,
    objects: [
      {
        id: "a",
        kind: "Deployment",
        namespace: "factory-system",
        name: "factory-api",
        sync: "out-of-sync",
        health: "degraded",
        message: 'ReplicaSet "factory-api-7d9f" has timed out progressing.',
      },
      {
        id: "b",
        kind: "StatefulSet",
        namespace: "factory-system",
        name: "postgres",
        sync: "synced",
        health: "healthy",
      },
      {
        id: "c",
        kind: "Job",
        namespace: "factory-system",
        name: "factory-migrations-9e3e9e8780",
        sync: "synced",
        health: "progressing",
        message: "runs",
      },
    ],
  }),
  part("voice-agent-studio-prod", { layer: "applications" }),
];
