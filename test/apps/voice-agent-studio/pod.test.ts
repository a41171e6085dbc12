import { describe, expect, test } from "vitest";
import type { Authentication } from "../../../apps/voice-agent-studio/parameters.ts";
import { containerPath, kiro, place } from "./fixture.ts";

/** The policy of a studio that reaches AWS through endpoints in its VPC. */
function policyInVpc(authentication: Authentication) {
  return place({ awsEndpoints: "vpc", authentication }).of("NetworkPolicy");
}

describe("network and pod", () => {
  const ports = [{ port: 443, protocol: "TCP" }];
  const internet = { to: [{ ipBlock: expect.objectContaining({ cidr: "0.0.0.0/0" }) }], ports };
  const nameResolution = {
    to: [expect.objectContaining({ podSelector: { matchLabels: { "k8s-app": "kube-dns" } } })],
    ports: [
      { port: 53, protocol: "UDP" },
      { port: 53, protocol: "TCP" },
    ],
  };
  const vpc = { to: [{ ipBlock: { cidr: "10.42.0.0/16" } }], ports };

  test("only the load balancer comes in, on the app's port", () => {
    expect(place().of("NetworkPolicy")).toMatchObject({
      spec: {
        ingress: [
          {
            from: [{ ipBlock: { cidr: "10.42.0.0/20" } }, { ipBlock: { cidr: "10.42.16.0/20" } }],
            ports: [{ port: 3000, protocol: "TCP" }],
          },
        ],
        egress: [nameResolution, internet],
      },
    });
  });

  test("with endpoints in the VPC nothing leaves it, except kiro-cli", () => {
    expect(policyInVpc({ mode: "irsa" })).toHaveProperty("spec.egress", [nameResolution, vpc]);
    expect(policyInVpc(kiro)).toHaveProperty("spec.egress", [nameResolution, internet, vpc]);
  });

  test("it runs as the image's user on a read-only root, with scratch space where it writes", () => {
    const { of } = place();
    expect(of("Deployment")).toMatchObject({
      spec: {
        template: {
          spec: { securityContext: { runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000 } },
        },
      },
    });
    expect(of("Deployment")).toHaveProperty(`${containerPath}.securityContext.readOnlyRootFilesystem`, true);
    expect(of("Deployment")).toHaveProperty(`${containerPath}.volumeMounts`, [
      { mountPath: "/app/.kiro/agents", name: "agent-configs", subPath: "agents" },
      { mountPath: "/app/.next/cache", name: "next-cache" },
      { mountPath: "/tmp", name: "tmp" },
      { mountPath: "/home/node", name: "home" },
    ]);
  });

  test("a cold start is waited for by the startup probe, and a slow page does not end sessions", () => {
    expect(place().of("Deployment")).toMatchObject({
      spec: {
        template: {
          spec: { containers: [{ startupProbe: { failureThreshold: 30, periodSeconds: 2 } }] },
        },
      },
    });
    expect(place().of("Deployment")).toHaveProperty(`${containerPath}.livenessProbe.failureThreshold`, 6);
  });

  test("its settings name a model that Bedrock still serves, by its inference profile", () => {
    expect(place().of("ConfigMap", "voice-agent-studio-config")).toMatchObject({
      data: {
        BEDROCK_MODEL_ID: "us.anthropic.claude-sonnet-4-6",
        NEXT_PUBLIC_APP_URL: "https://studio.example.com",
        AWS_REGION: "us-east-1",
      },
    });
  });
});
