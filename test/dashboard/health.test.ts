import { describe, expect, test } from "vitest";
import { hasHealth, healthOf } from "../../scripts/dashboard/health.ts";
import type { Json, KubernetesObject } from "../../synth/objects/kubernetes-object.ts";

type Content = Readonly<Record<string, Json>>;

function object(apiVersion: string, kind: string, spec: Content, status: Content): KubernetesObject {
  return { apiVersion, kind, metadata: { name: "it", namespace: "shop", generation: 3 }, spec, status };
}

const seen = { observedGeneration: 3 };
const condition = (type: string, status: string, reason = "", message = "") => ({
  type,
  status,
  reason,
  message,
});

function healthOfDeployment(status: Content, spec: Content = {}) {
  return healthOf(object("apps/v1", "Deployment", { replicas: 2, ...spec }, { ...seen, ...status }));
}

describe("a Deployment", () => {
  test.each([
    [
      "is well with all pods new and available",
      { replicas: 2, updatedReplicas: 2, availableReplicas: 2 },
      "healthy",
      undefined,
    ],
    ["rolls out", { replicas: 3, updatedReplicas: 1, availableReplicas: 2 }, "progressing", "1 of 2 updated"],
    [
      "waits for old pods",
      { replicas: 3, updatedReplicas: 2, availableReplicas: 2 },
      "progressing",
      "old pods still end",
    ],
    [
      "waits for new ones",
      { replicas: 2, updatedReplicas: 2, availableReplicas: 1 },
      "progressing",
      "1 of 2 available",
    ],
    [
      "has not been looked at since its change",
      { observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 2 },
      "progressing",
      "its last change is not taken up yet",
    ],
    [
      "does not get ready in its time",
      { conditions: [condition("Progressing", "False", "ProgressDeadlineExceeded", "timed out")] },
      "degraded",
      "timed out",
    ],
    [
      "may not make its pods",
      { conditions: [condition("ReplicaFailure", "True", "FailedCreate", "exceeded quota")] },
      "degraded",
      "exceeded quota",
    ],
  ])("that %s", (_case, status, health, message) => {
    expect(healthOfDeployment(status)).toEqual({ health, ...(message !== undefined && { message }) });
  });

  test("that asks for no pods is well, and a paused one suspended", () => {
    expect(healthOfDeployment({}, { replicas: 0 })).toEqual({ health: "healthy" });
    expect(healthOfDeployment({}, { paused: true })).toMatchObject({ health: "suspended" });
  });
});

test.each([
  [
    "StatefulSet of which a pod is missing",
    "apps/v1",
    "StatefulSet",
    { replicas: 3 },
    { ...seen, readyReplicas: 2 },
    "progressing",
  ],
  [
    "StatefulSet in the middle of an update",
    "apps/v1",
    "StatefulSet",
    { replicas: 3 },
    { ...seen, readyReplicas: 3, updatedReplicas: 1, currentRevision: "a", updateRevision: "b" },
    "progressing",
  ],
  [
    "StatefulSet that is complete",
    "apps/v1",
    "StatefulSet",
    { replicas: 1 },
    { ...seen, readyReplicas: 1 },
    "healthy",
  ],
  [
    "DaemonSet that is not on every node",
    "apps/v1",
    "DaemonSet",
    {},
    { ...seen, desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 1 },
    "progressing",
  ],
  [
    "Job that failed",
    "batch/v1",
    "Job",
    {},
    { conditions: [condition("Failed", "True", "", "too often")] },
    "degraded",
  ],
  ["Job that is done", "batch/v1", "Job", {}, { conditions: [condition("Complete", "True")] }, "healthy"],
  ["Job that runs", "batch/v1", "Job", {}, {}, "progressing"],
  ["CronJob that is stopped", "batch/v1", "CronJob", { suspend: true }, {}, "suspended"],
  ["claim without a volume", "v1", "PersistentVolumeClaim", {}, { phase: "Pending" }, "progressing"],
  ["claim that lost its volume", "v1", "PersistentVolumeClaim", {}, { phase: "Lost" }, "degraded"],
  ["Service of the cluster", "v1", "Service", { type: "ClusterIP" }, {}, "healthy"],
  ["load balancer without an address", "v1", "Service", { type: "LoadBalancer" }, {}, "progressing"],
  [
    "Ingress with an address",
    "networking.k8s.io/v1",
    "Ingress",
    {},
    { loadBalancer: { ingress: [{ ip: "1" }] } },
    "healthy",
  ],
  [
    "autoscaler that cannot scale",
    "autoscaling/v2",
    "HorizontalPodAutoscaler",
    {},
    { conditions: [condition("AbleToScale", "False", "FailedGetScale")] },
    "degraded",
  ],
  [
    "autoscaler without figures yet",
    "autoscaling/v2",
    "HorizontalPodAutoscaler",
    {},
    {
      conditions: [
        condition("AbleToScale", "True"),
        condition("ScalingActive", "False", "FailedGetResourceMetric"),
      ],
    },
    "progressing",
  ],
  [
    "crashing pod",
    "v1",
    "Pod",
    {},
    { phase: "Running", containerStatuses: [{ state: { waiting: { reason: "CrashLoopBackOff" } } }] },
    "degraded",
  ],
  [
    "definition that is not established",
    "apiextensions.k8s.io/v1",
    "CustomResourceDefinition",
    {},
    {},
    "progressing",
  ],
  [
    "ExternalSecret whose entry is not there",
    "external-secrets.io/v1",
    "ExternalSecret",
    {},
    { conditions: [condition("Ready", "False", "SecretSyncedError", "could not get secret data")] },
    "degraded",
  ],
  [
    "HelmRelease at work",
    "helm.toolkit.fluxcd.io/v2",
    "HelmRelease",
    {},
    { ...seen, conditions: [condition("Ready", "Unknown", "Progressing"), condition("Reconciling", "True")] },
    "progressing",
  ],
  [
    "HelmRelease that gave up",
    "helm.toolkit.fluxcd.io/v2",
    "HelmRelease",
    {},
    { ...seen, conditions: [condition("Ready", "Unknown"), condition("Stalled", "True", "RetriesExceeded")] },
    "degraded",
  ],
  [
    "custom resource whose condition is older than its change",
    "cert-manager.io/v1",
    "Certificate",
    {},
    { conditions: [{ ...condition("Ready", "True"), observedGeneration: 2 }] },
    "progressing",
  ],
])("a %s", (_case, apiVersion, kind, spec, status, health) => {
  expect(healthOf(object(apiVersion, kind, spec, status))?.health).toBe(health);
});

test("what is being deleted says so, whatever it says itself", () => {
  const claim = object("v1", "PersistentVolumeClaim", {}, { phase: "Bound" });
  const going = { ...claim, metadata: { ...claim.metadata, deletionTimestamp: "2026-01-01T00:00:00Z" } };
  expect(healthOf(going)).toEqual({ health: "progressing", message: "is being deleted" });
});

test("a custom resource that says nothing of itself, and a ConfigMap, are well by being there", () => {
  expect(healthOf(object("traefik.io/v1alpha1", "Middleware", {}, {}))).toBeUndefined();
  expect(hasHealth("traefik.io", "Middleware")).toBe(true);
  expect([
    hasHealth("", "ConfigMap"),
    hasHealth("", "Secret"),
    hasHealth("rbac.authorization.k8s.io", "Role"),
  ]).toEqual([false, false, false]);
});
