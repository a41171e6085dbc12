import { describe, expect, test } from "vitest";
import { fields, list, number, stringMap, text } from "../../../synth/objects/json-fields.ts";
import { one, rendered } from "./rendered.ts";

const production = rendered();
const singleNode = rendered({
  size: "singleNode",
  nodeGroups: undefined,
  neo4j: { edition: "community" },
  redis: { shards: 1, copies: 0 },
});

function podOf(kind: string, name: string, of = production) {
  return fields(one(of, kind, name), "spec", "template", "spec");
}

function variables(name: string) {
  return list(list(podOf("StatefulSet", name), "containers")[0], "env").map((each) => stringMap(each));
}

describe("in production", () => {
  test.each([
    ["websocket-service", 2, 20, 70, 80, "websocket_connections", "5", 30],
    ["conversation-navigator", 2, 10, 75, 80, "gemini_requests_per_minute", "100", 0],
    ["call-initiation", 1, 15, 70, 75, "http_requests_per_second", "50", 0],
  ])("%s scales as its document says", (name, min, max, cpu, memory, metric, mean, scaleUpAfter) => {
    const spec = fields(one(production, "HorizontalPodAutoscaler", name), "spec");
    expect(spec).toMatchObject({
      minReplicas: min,
      maxReplicas: max,
      metrics: [
        { resource: { name: "cpu", target: { averageUtilization: cpu } } },
        { resource: { name: "memory", target: { averageUtilization: memory } } },
        {
          object: {
            describedObject: { kind: "Service", name },
            metric: { name: metric },
            target: { type: "AverageValue", averageValue: mean },
          },
        },
      ],
      behavior: {
        scaleUp: { stabilizationWindowSeconds: scaleUpAfter },
        scaleDown: { stabilizationWindowSeconds: 300 },
      },
    });
  });

  test.each([
    ["StatefulSet", "neo4j-core", "database", "4", "16384Mi", "100Gi"],
    ["StatefulSet", "neo4j-replica", "database", "2", "8192Mi", "50Gi"],
    ["StatefulSet", "redis", "database", "2", "4096Mi", "20Gi"],
    ["Deployment", "haproxy", "websocket", "1", "2Gi", undefined],
    ["Deployment", "websocket-service", "websocket", "1", "2Gi", undefined],
    ["Deployment", "conversation-navigator", "navigator", "2", "4Gi", undefined],
    ["Deployment", "call-initiation", "call-initiation", "1", "2Gi", undefined],
  ])("%s %s has its nodes and its size", (kind, name, group, cpu, memory, volume) => {
    const pod = podOf(kind, name);
    expect(pod).toMatchObject({
      nodeSelector: { "slipway.dev/node-group": group },
      tolerations: [{ key: "slipway.dev/node-group", value: group, effect: "NoSchedule" }],
      serviceAccountName: name,
      automountServiceAccountToken: false,
    });
    const [container] = list(pod, "containers");
    expect(fields(container, "resources", "requests")).toEqual({ cpu, memory });
    const [claim] = list(one(production, kind, name), "spec", "volumeClaimTemplates");
    expect(text(claim, "spec", "resources", "requests", "storage")).toBe(volume);
    expect(one(production, "PodDisruptionBudget", name)).toMatchObject({ spec: { maxUnavailable: 1 } });
  });

  test("no autoscaler touches a database: it would strand what is on the volumes", () => {
    const scaled = production.objects.filter(({ kind }) => kind === "HorizontalPodAutoscaler");
    expect(scaled.map(({ name }) => name)).toEqual([
      "websocket-service",
      "conversation-navigator",
      "call-initiation",
      "haproxy",
    ]);
  });

  test("HAProxy has a place for each pod there may be, and one more while they are replaced", () => {
    const settings = text(one(production, "ConfigMap", "haproxy"), "data", "haproxy.cfg");
    expect(settings).toContain(
      "server-template pod 1-21 websocket-pods.conversation.svc.cluster.local:8080\n",
    );
  });

  test("only who calls Gemini and ElevenLabs gets out, and only HAProxy and the API are reached from outside", () => {
    const policies = production.objects.filter(({ kind }) => kind === "NetworkPolicy");
    const holding = (direction: string, cidr: string) =>
      policies
        .filter(({ content }) => JSON.stringify(fields(content, "spec")[direction]).includes(`"${cidr}"`))
        .map(({ name }) => name)
        .toSorted();
    expect(holding("egress", "0.0.0.0/0")).toEqual(["call-initiation", "conversation-navigator"]);
    expect(holding("ingress", "10.42.0.0/20")).toEqual(["call-initiation", "haproxy"]);
  });

  test("copies of the graph join the one server that writes", () => {
    const mode = "NEO4J_initial_server_mode__constraint";
    expect(variables("neo4j-core")).toContainEqual({ name: mode, value: "PRIMARY" });
    expect(variables("neo4j-replica")).toContainEqual({ name: mode, value: "SECONDARY" });
    expect(one(production, "Job", "neo4j-topology")).toBeDefined();
  });
});

describe("on a single node", () => {
  test("everything runs on any node, with one server of each database and none of the copies", () => {
    expect(podOf("StatefulSet", "redis", singleNode)["nodeSelector"]).toBeUndefined();
    const databases = singleNode.objects.filter(({ kind }) => kind === "StatefulSet");
    expect(databases.map(({ name, content }) => [name, number(content, "spec", "replicas")])).toEqual([
      ["neo4j-core", 1],
      ["redis", 1],
    ]);
  });

  test("nobody scrapes the community edition, which has no metrics", () => {
    const monitors = singleNode.objects.filter(({ kind }) => kind === "ServiceMonitor");
    expect(monitors.map(({ name }) => name)).not.toContain("neo4j-core");
    expect(production.objects.map(({ kind, name }) => `${kind} ${name}`)).toContain(
      "ServiceMonitor neo4j-core",
    );
  });
});

test("numbers that the databases cannot have are reported", () => {
  const { reports } = rendered({
    redis: { shards: 2, copies: 1 },
    neo4j: { edition: "enterprise", licence: "commercial", readReplicas: 11 },
  });
  expect(reports).toEqual(["redis.shards is 2", "neo4j.readReplicas is 11"]);
});
