import { describe, expect, test } from "vitest";
import { onEks, onLaptop } from "./rendered.ts";

const resource = (name: string, averageUtilization: number) => ({
  type: "Resource",
  resource: { name, target: { type: "Utilization", averageUtilization } },
});
const pods = (value: number) => [{ type: "Pods", value, periodSeconds: 60 }];

describe("autoscaling", () => {
  test("server follows CPU and memory, up by four pods a minute and down by one", () => {
    expect(onEks().of("HorizontalPodAutoscaler", "content-studio-server")).toMatchObject({
      spec: {
        minReplicas: 3,
        maxReplicas: 10,
        metrics: [resource("cpu", 70), resource("memory", 80)],
        behavior: {
          scaleUp: { stabilizationWindowSeconds: 0, policies: pods(4) },
          scaleDown: { stabilizationWindowSeconds: 300, policies: pods(1) },
        },
      },
    });
  });

  test("web follows CPU", () => {
    expect(onEks().of("HorizontalPodAutoscaler", "content-studio-web")).toMatchObject({
      spec: { minReplicas: 2, maxReplicas: 6, metrics: [resource("cpu", 70)] },
    });
  });

  test("worker follows the jobs that wait or are worked on, counted in the database by KEDA", () => {
    const { of } = onEks();
    expect(of("ScaledObject", "content-studio-worker")).toMatchObject({
      spec: {
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "content-studio-worker" },
        minReplicaCount: 2,
        maxReplicaCount: 12,
        fallback: { replicas: 2, behavior: "currentReplicasIfHigher" },
        triggers: [
          {
            type: "postgresql",
            metadata: { query: expect.stringContaining("FROM job"), targetQueryValue: "2" },
            authenticationRef: { name: "content-studio-worker" },
          },
        ],
        advanced: {
          horizontalPodAutoscalerConfig: { behavior: { scaleDown: { stabilizationWindowSeconds: 600 } } },
        },
      },
    });
    expect(of("TriggerAuthentication", "content-studio-worker")).toHaveProperty("spec.secretTargetRef", [
      { parameter: "connection", name: "database", key: "url" },
    ]);
    expect(of("HorizontalPodAutoscaler", "content-studio-worker")).toBeUndefined();
    expect(of("Deployment", "content-studio-worker")).not.toHaveProperty("spec.replicas");
  });

  test("worker follows CPU where nobody can count jobs", () => {
    const { of, reports } = onEks({ without: "eventScaling" });
    expect(reports).toEqual([]);
    expect(of("HorizontalPodAutoscaler", "content-studio-worker")).toHaveProperty("spec.metrics", [
      resource("cpu", 70),
    ]);
    expect(of("ScaledObject", "content-studio-worker")).toBeUndefined();
  });

  test("a size that scales is refused where nothing measures pods", () => {
    expect(onEks({ without: "resourceMetrics" }).reports).toEqual([
      "size large scales on CPU and memory, which studio-test does not measure",
    ]);
  });

  test("a developer's machine runs one pod of each", () => {
    const { of, kinds } = onLaptop();
    for (const component of ["server", "worker", "web"]) {
      expect(of("Deployment", `content-studio-${component}`)).toHaveProperty("spec.replicas", 1);
    }
    expect(kinds).not.toContain("HorizontalPodAutoscaler");
    expect(kinds).not.toContain("ScaledObject");
  });
});

describe("one image in two modes", () => {
  test("the server answers HTTP, the worker opens no port and is known to live by its file", () => {
    const { container, of } = onEks();
    expect(container("content-studio-server")).toMatchObject({
      image: "registry/server:1.2.0",
      args: ["--mode=server"],
      readinessProbe: { httpGet: { path: "/healthcheck", port: "http" } },
    });
    expect(container("content-studio-worker")).toMatchObject({
      image: "registry/server:1.2.0",
      args: ["--mode=worker"],
      livenessProbe: { exec: { command: ["sh", "-c", expect.stringContaining("/tmp/worker-health")] } },
    });
    expect(container("content-studio-worker")).not.toHaveProperty("ports");
    expect(of("Service", "content-studio-worker")).toBeUndefined();
  });

  test("a job under way gets five minutes to end, a stream the time that the load balancer drains", () => {
    const { of } = onEks();
    const grace = "spec.template.spec.terminationGracePeriodSeconds";
    expect(of("Deployment", "content-studio-worker")).toHaveProperty(grace, 300);
    expect(of("Deployment", "content-studio-server")).toHaveProperty(grace, 60);
  });
});
