import { describe, expect, test } from "vitest";
import { between } from "./between.ts";
import { object } from "./dist-files.ts";

const annotated = (apiVersion: string, kind: string, annotations?: object) =>
  object(apiVersion, kind, "web", { metadata: { ...(annotations && { annotations }) }, spec: {} }, "shop");

const effectOn = (apiVersion: string, kind: string, before?: object, after?: object) =>
  between([annotated(apiVersion, kind, before)], [annotated(apiVersion, kind, after)]).folded.map(
    ({ effects }) => effects,
  );

describe("an annotation", () => {
  const balancer = "service.beta.kubernetes.io/aws-load-balancer-scheme";
  test("changes the network where a load balancer takes orders from it, and nowhere else", () => {
    const prune = "argocd.argoproj.io/sync-options";
    expect(effectOn("v1", "Service", { [balancer]: "internal" }, { [balancer]: "internet-facing" })).toEqual([
      ["network"],
    ]);
    expect(effectOn("v1", "Service", { [prune]: "Prune=true" }, { [prune]: "Prune=false" })).toEqual([
      ["config"],
    ]);
    const policy = ["networking.k8s.io/v1", "NetworkPolicy"] as const;
    expect(effectOn(...policy, undefined, { [prune]: "Prune=false" })).toEqual([["config"]]);
  });
});
