import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { conversationMetrics } from "../../apps/conversation-platform/metrics.ts";
import { fleet } from "../../clusters/fleet.ts";
import { hasArgoCdHost, argoCdHost } from "../../platform/argocd/host.ts";
import { addons } from "../../platform/catalog.ts";
import { fluentBitConfig } from "../../platform/logging/fluent-bit-config.ts";
import type { ResourceValues } from "../../platform/values/pod.ts";
import type { TraefikValues } from "../../platform/values/traefik.ts";
import { slicesOf, values } from "./rendered-addons.ts";

const alb = {
  controller: "alb",
  certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/one",
} as const;
const dns = { zone: "example.com", hostedZoneId: "Z1" } as const;

describe("the catalog", () => {
  test("lists each add-on once, under the name of its file", () => {
    const files = new Set(readdirSync("platform").map((file) => file.replace(/\.ts$/, "")));
    const names = addons.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !files.has(name))).toEqual([]);
  });

  test("pins every chart to an exact version", () => {
    for (const { chart } of addons) if (chart) expect(chart.version).toMatch(/^v?\d+\.\d+\.\d+$/);
  });
});

describe("what a cluster's capabilities call for", () => {
  test("each cluster runs its own reconciler, and not the other", () => {
    for (const { name, reconciler } of fleet.clusters) {
      const owners = slicesOf(name);
      expect(owners.has("argo-cd")).toBe(reconciler === "argocd");
      expect(owners.has("flux")).toBe(reconciler === "flux");
    }
  });

  test("kinds of the Prometheus operator come before every controller that is measured", () => {
    const measured = [...slicesOf("conversation-prod").values()].filter(({ chart }) =>
      chart?.kinds.namespaced.includes("monitoring.coreos.com/ServiceMonitor"),
    );
    const unordered = measured
      .filter(({ dependsOn }) => !dependsOn.includes("prometheus-operator-crds"))
      .map(({ owner }) => owner);
    expect(measured.length).toBeGreaterThan(3);
    expect(unordered).toEqual([]);
  });

  test("prometheus-adapter gives autoscalers what their apps name, and nothing else", () => {
    expect(values("conversation-prod", "prometheus-adapter")).toMatchObject({
      rules: {
        default: false,
        custom: conversationMetrics.map(({ name, series }) => ({
          seriesQuery: `{__name__="${series}",namespace!="",service!=""}`,
          resources: {
            overrides: { namespace: { resource: "namespace" }, service: { resource: "service" } },
          },
          name: { as: name },
        })),
      },
    });
  });

  test("metrics-server trusts kubelets that signed themselves on kind, and nowhere else", () => {
    expect(values("local", "metrics-server")).toMatchObject({ args: ["--kubelet-insecure-tls"] });
    expect(values("conversation-prod", "metrics-server")).toMatchObject({ args: [] });
  });

  test("what is installed by hand names no priority class of ours, which is not there yet", () => {
    for (const { name } of fleet.clusters) {
      for (const { chart } of slicesOf(name).values()) {
        if (chart?.installedFirst === true)
          expect(JSON.stringify(chart.values)).not.toContain("platform-critical");
      }
    }
  });
});

describe("Argo CD's web UI", () => {
  test("is not open to the whole internet", () => {
    expect(hasArgoCdHost({ dns, ingress: { ...alb, scheme: "internet-facing" } })).toBe(false);
  });

  test("has a host that a wildcard certificate of the zone covers", () => {
    const ingress = { ...alb, scheme: "internet-facing", inboundCidrs: ["192.0.2.0/24"] } as const;
    expect(argoCdHost("demo", { dns, ingress })).toBe("argocd-demo.example.com");
  });

  test("does not make Argo CD itself wait for an ingress controller", () => {
    const ui = slicesOf("local").get("argo-cd-ui");
    expect(ui?.dependsOn).toContain("traefik");
    expect(slicesOf("local").get("argo-cd")?.dependsOn).not.toContain("traefik");
  });
});

describe("fluent-bit", () => {
  test("holds no password, and nothing that Helm would take for a template", () => {
    const config = Object.values(
      fluentBitConfig({ cluster: "demo", host: "logs.example.com", port: 9200 }),
    ).join("\n");
    expect(config).toContain("HTTP_Passwd         ${ELASTICSEARCH_PASSWORD}");
    expect(config).not.toContain("{{");
  });
});

describe("values that do not compile", () => {
  test("a misspelt key, a wrong type", () => {
    // @ts-expect-error: the limit is `limits`
    const misspelt: ResourceValues = { requests: { cpu: "1", memory: "1Gi" }, limit: { memory: "1Gi" } };
    // @ts-expect-error: a number without its unit
    const unitless: TraefikValues["ports"]["web"]["transport"]["respondingTimeouts"]["readTimeout"] = "60";
    expect([misspelt, unitless]).toHaveLength(2);
  });
});
