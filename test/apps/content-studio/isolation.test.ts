import { describe, expect, test } from "vitest";
import { fleet } from "../../../clusters/fleet.ts";
import { list, text } from "../../../synth/objects/json-fields.ts";
import { onEks, onLaptop } from "./rendered.ts";

const port = (number: number) => [{ port: number, protocol: "TCP" }];
const peersOn = (policy: unknown, number: number) =>
  list(policy, "spec", "egress")
    .filter((rule) => JSON.stringify(list(rule, "ports")) === JSON.stringify(port(number)))
    .flatMap((rule) => list(rule, "to"));

describe("connections", () => {
  test("server and worker reach the database, Redis, the internet by HTTPS and the node's agent, and nothing else", () => {
    const { of } = onEks();
    for (const component of ["content-studio-server", "content-studio-worker"]) {
      const policy = of("NetworkPolicy", component);
      expect(list(policy, "spec", "egress")).toHaveLength(5);
      expect(peersOn(policy, 5432)).toEqual([{ ipBlock: { cidr: "10.42.0.0/16" } }]);
      expect(peersOn(policy, 4318)).toEqual([{ ipBlock: { cidr: "10.42.0.0/16" } }]);
      expect(peersOn(policy, 6379)).toMatchObject([
        { podSelector: { matchLabels: { "app.kubernetes.io/name": "redis" } } },
      ]);
      expect(peersOn(policy, 443)).toMatchObject([
        { ipBlock: { except: expect.arrayContaining(["10.0.0.0/8"]) } },
      ]);
    }
  });

  test("nobody reaches the worker, and web reaches nobody", () => {
    const { of } = onEks();
    expect(of("NetworkPolicy", "content-studio-worker")).toHaveProperty("spec.ingress", []);
    expect(of("NetworkPolicy", "content-studio-web")).toHaveProperty("spec.egress", []);
  });

  test("the way to an agent is closed where there is none", () => {
    const policy = onLaptop().of("NetworkPolicy", "content-studio-server");
    expect(peersOn(policy, 4318)).toEqual([]);
    expect(peersOn(policy, 5432)).toMatchObject([
      { podSelector: { matchLabels: { "app.kubernetes.io/name": "postgres" } } },
    ]);
  });
});

describe("storage", () => {
  test("each of server and worker may use the objects of its environment's bucket, and no other", () => {
    const { permissions, of } = onEks();
    const bucket = "studio-test-media-111122223333-us-west-2";
    expect(of("ConfigMap", "content-studio")).toMatchObject({
      data: { STORAGE_PROVIDER: "s3", S3_BUCKET: bucket, S3_REGION: "us-west-2" },
    });
    expect(Object.keys(permissions)).toEqual([
      "content-studio/content-studio-server",
      "content-studio/content-studio-worker",
    ]);
    const resources = Object.values(permissions).flatMap(({ statements = [] }) =>
      statements.flatMap((statement) => statement.resources),
    );
    expect(new Set(resources)).toEqual(new Set([`arn:aws:s3:::${bucket}/*`, `arn:aws:s3:::${bucket}`]));
  });

  test("a bucket is refused off AWS, where nothing is asked of AWS", () => {
    const { reports, permissions } = onLaptop({
      parameters: { storage: { provider: "s3", bucket: "media" } },
    });
    expect(reports).toEqual(["storage in a bucket needs an IAM role, and local-test does not run on AWS"]);
    expect(permissions).toEqual({});
  });
});

describe("secrets", () => {
  test("the values that only people have are asked for by name, the others are made", () => {
    const { of } = onEks();
    const generated = { "slipway.dev/value": "generated" };
    expect(of("ExternalSecret", "auth")).toMatchObject({ metadata: { annotations: generated } });
    expect(of("ExternalSecret", "redis")).toMatchObject({ metadata: { annotations: generated } });
    for (const [name, key] of [
      ["database", "url"],
      ["gemini", "apiKey"],
    ] as const) {
      expect(of("ExternalSecret", name)).toMatchObject({
        spec: {
          data: [{ secretKey: key, remoteRef: { key: `content-studio/prod/${name}`, property: key } }],
        },
      });
      expect(of("ExternalSecret", name)).not.toHaveProperty("metadata.annotations");
    }
  });

  test("a developer's machine needs none from anybody, and calls no model", () => {
    const { of, container } = onLaptop();
    expect(of("ExternalSecret", "gemini")).toBeUndefined();
    expect(of("ConfigMap", "content-studio")).toHaveProperty("data.USE_MOCK_AI", "true");
    expect(JSON.stringify(container("content-studio-server"))).not.toContain("GEMINI_API_KEY");
    expect(of("ExternalSecret", "database")).toMatchObject({
      spec: { target: { template: { data: { url: expect.stringMatching(/@postgres:5432\/studio$/) } } } },
    });
  });
});

describe("environments of one cluster", () => {
  const studio = fleet.clusters.find(({ name }) => name === "content-studio");
  const placements = studio?.placements ?? [];

  test("are dev, staging and prod, each with a namespace, a quota, a host and a bucket of its own", () => {
    expect(placements.map(({ environment }) => environment)).toEqual(["dev", "staging", "prod"]);
    const own = (of: (placement: (typeof placements)[number]) => unknown) => new Set(placements.map(of)).size;
    expect(own(({ namespace }) => namespace.name)).toBe(3);
    expect(own(({ parameters }) => text(parameters, "host"))).toBe(3);
    expect(own(({ parameters }) => text(parameters, "storage", "bucket"))).toBe(3);
    for (const { namespace } of placements) expect(namespace.quota).toBeDefined();
  });
});
