import { describe, expect, test } from "vitest";
import { field, list, text } from "../../../synth/objects/json-fields.ts";
import { one } from "../placed.ts";
import type { Placed } from "../placed.ts";
import { aws, local, rendered } from "./rendered.ts";

const production = rendered();
const kindsOf = ({ objects }: Placed) => objects.map(({ kind, name }) => `${kind}/${name}`);
const stagesOf = (kind: string) =>
  new Set(production.objects.filter((object) => object.kind === kind).map(({ stage }) => stage));
const container = (of: Placed, kind: string, name: string) =>
  list(one(of, kind, name).content, "spec", "template", "spec", "containers")[0];

const nameIn = (of: Placed) => one(of, "Job", "db-init").name;

/** Variables of the first container that come from a Secret. */
const secretive = (name: string, kind = "Rollout") =>
  list(container(production, kind, name), "env")
    .filter((variable) => field(variable, "valueFrom", "secretKeyRef") !== undefined)
    .map((variable) => text(variable, "name"));

describe("the order of things", () => {
  test("the database and the policies come first, then its schema, then what serves", () => {
    expect(production.reports).toEqual([]);
    expect(stagesOf("StatefulSet")).toEqual(new Set(["data"]));
    expect(stagesOf("NetworkPolicy")).toEqual(new Set(["data"]));
    expect(stagesOf("Job")).toEqual(new Set(["migrate"]));
    expect(stagesOf("Rollout")).toEqual(new Set(["serve"]));
  });

  test("db-init runs again for a new backend, and not for a bigger size", () => {
    expect(nameIn(rendered(aws, {}, "2"))).not.toBe(nameIn(production));
    expect(nameIn(rendered(aws, { size: "standard" }))).toBe(nameIn(production));
  });
});

describe("releases", () => {
  test.each(["backend", "streamlit"])("%s is switched over whole, between two Services", (name) => {
    const { content } = one(production, "Rollout", name);
    expect(field(content, "spec", "strategy", "blueGreen")).toMatchObject({
      activeService: name,
      previewService: `${name}-preview`,
      autoPromotionEnabled: true,
    });
    expect(kindsOf(production)).toEqual(
      expect.arrayContaining([`Service/${name}`, `Service/${name}-preview`]),
    );
    // An autoscaler owns the replicas.
    expect(field(content, "spec", "replicas")).toBeUndefined();
    expect(field(one(production, "HorizontalPodAutoscaler", name).content, "spec", "scaleTargetRef")).toEqual(
      { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout", name },
    );
  });

  test("pods are replaced one by one where nothing switches them", () => {
    const plain = rendered(local, { size: "small", sharedBlender: {} }, "1", true);
    expect(kindsOf(plain)).toEqual(expect.arrayContaining(["Deployment/backend", "Deployment/streamlit"]));
    expect(kindsOf(plain).filter((kind) => kind.startsWith("Rollout"))).toEqual([]);
  });
});

describe("the database", () => {
  test("is ten gibibytes in the cluster, and serves a role that owns nothing", () => {
    const { content } = one(production, "StatefulSet", "postgres");
    expect(
      text(list(content, "spec", "volumeClaimTemplates")[0], "spec", "resources", "requests", "storage"),
    ).toBe("10Gi");
    const urls = field(
      one(production, "ExternalSecret", "postgres").content,
      "spec",
      "target",
      "template",
      "data",
    );
    expect(text(urls, "databaseUrl")).toMatch(/^postgresql:\/\/prompt2mesh_app:.*@postgres:5432\//);
    expect(text(urls, "ownerDatabaseUrl")).toMatch(/^postgresql:\/\/prompt2mesh_owner:/);
  });

  test("may be Amazon RDS, over TLS and in the cluster's own network", () => {
    const outside = rendered(aws, { database: { kind: "rds", host: "mesh.rds.example.com" } });
    expect(outside.objects.filter(({ kind }) => kind === "StatefulSet")).toEqual([]);
    const { content } = one(outside, "ExternalSecret", "postgres");
    expect(JSON.stringify(content)).toContain("@mesh.rds.example.com:5432/prompt2mesh?sslmode=require");
    expect(JSON.stringify(content)).not.toContain("superuserPassword");
    expect(JSON.stringify(one(outside, "NetworkPolicy", "db-init").content)).toContain("10.42.0.0/16");
  });
});

describe("secrets", () => {
  test("come from Secrets, and none of them is the front end's or Blender's", () => {
    expect(secretive("backend")).toEqual([
      "DATABASE_URL",
      "JWT_SECRET_KEY",
      "ANTHROPIC_API_KEY",
      "LANGSMITH_API_KEY",
      "LANGCHAIN_API_KEY",
    ]);
    expect(secretive("streamlit")).toEqual([]);
    expect(secretive("blender", "Deployment")).toEqual([]);
    expect(production.objects.filter(({ kind }) => kind === "Secret")).toEqual([]);
  });
});

describe("Blender", () => {
  test("that users share is on nodes that may be interrupted, and reached by the backend alone", () => {
    const { content } = one(production, "Deployment", "blender");
    expect(field(content, "spec", "template", "spec", "nodeSelector")).toEqual({
      "slipway.dev/node-group": "instances",
    });
    const rules = list(one(production, "NetworkPolicy", "blender").content, "spec", "ingress");
    expect(JSON.stringify(rules)).toContain('"app.kubernetes.io/name":"backend"');
    expect(rules).toHaveLength(1);
    expect(list(one(production, "NetworkPolicy", "blender").content, "spec", "egress")).toEqual([]);
  });

  test("renders on a GPU where it is told to, and is left out where nobody shares one", () => {
    const gpu = rendered(aws, { sharedBlender: { nodeGroup: "instances", gpu: true } });
    expect(field(container(gpu, "Deployment", "blender"), "resources", "limits")).toMatchObject({
      "nvidia.com/gpu": "1",
    });
    expect(JSON.stringify(container(production, "Deployment", "blender"))).not.toContain("nvidia");
  });
});

describe("traces", () => {
  test("go to a collector only where there is one, and the way to it is open", () => {
    const traced = rendered(aws, { traces: { host: "collector.example.com", port: 4318 } });
    expect(JSON.stringify(container(traced, "Rollout", "backend"))).toContain(
      "http://collector.example.com:4318",
    );
    expect(JSON.stringify(one(traced, "NetworkPolicy", "backend").content)).toContain("4318");
    expect(JSON.stringify(container(production, "Rollout", "backend"))).not.toContain("OTEL_");
  });
});

describe("sizes", () => {
  test("one that scales is refused where nothing measures CPU", () => {
    const { resourceMetrics: _, ...unmeasured } = aws;
    expect(rendered(unmeasured).reports).toEqual([expect.stringContaining("scales on CPU")]);
  });

  test("a session stays with its pod", () => {
    const { content } = one(production, "Ingress", "prompt2mesh");
    expect(JSON.stringify(content)).toContain("stickiness.lb_cookie.duration_seconds=3600");
    const paths = list(list(content, "spec", "rules")[0], "http", "paths").map((path) => text(path, "path"));
    expect(paths).toEqual(["/api", "/"]);
  });
});
