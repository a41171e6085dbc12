import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fleet } from "../../clusters/fleet.ts";
import type { Explanation } from "../../scripts/explain/explanation.ts";
import { inOneProcess } from "./one-process.ts";
import { copyRepository, lineOf, node, repository } from "./slipway.ts";

const slipway = inOneProcess();

const explained = async (path: string): Promise<Explanation> =>
  JSON.parse((await slipway(["explain", path, "--json"])).stdout);

describe("lines", () => {
  const copy = copyRepository();
  const app = "apps/line-check/app.ts";
  const createdAt = async (file: string): Promise<string | null> => {
    const path = `dist/local/applications/line-check-local/${file}`;
    const explanation: Explanation = JSON.parse((await copy.slipway("explain", path, "--json")).stdout);
    return explanation.createdAt;
  };

  test("an object names the exact line that created it, and follows when lines move", async () => {
    expect((await copy.slipway("new", "app", "line-check")).status).toBe(0);
    const content = copy.read(app);
    expect(await createdAt("Deployment.web.yaml")).toBe(`${app}:${lineOf(content, "deployment(serve")}`);
    expect(await createdAt("ServiceAccount.web.yaml")).toBe(`${app}:${lineOf(content, "deployment(serve")}`);
    expect(await createdAt("Ingress.web.yaml")).toBe(`${app}:${lineOf(content, "httpIngress(serve")}`);
    copy.write(app, `// one\n// two\n// three\n${content}`);
    expect(await createdAt("NetworkPolicy.web.yaml")).toBe(`${app}:${lineOf(content, "flows(serve") + 3}`);
  });

  test("a file that nothing renders is told apart from one that is not there", async () => {
    mkdirSync(join(copy.root, "dist/local/foundation"), { recursive: true });
    copy.write("dist/local/foundation/notes.txt", "mine");
    expect((await copy.slipway("explain", "dist/local/foundation/notes.txt")).stderr).toContain(
      "nothing renders dist/local/foundation/notes.txt: it is left over, or not Slipway's",
    );
  });

  test("every object of an app or add-on, on every cluster, names a line of a definition", async () => {
    const { stdout } = await node(join(repository, "test/commands/explain-everything.ts"));
    const created: Readonly<Record<string, string | null>> = JSON.parse(stdout);
    expect(Object.keys(created).length).toBeGreaterThan(fleet.clusters.length);
    for (const [path, createdAt] of Object.entries(created)) {
      expect(createdAt, path).toMatch(/^(apps|platform)\/.+\.ts:\d+$/);
      const [file = "", line] = (createdAt ?? "").split(":");
      const lines = readFileSync(join(repository, file), "utf8").split("\n");
      expect(lines[Number(line) - 1]?.trim(), path).toBeTruthy();
    }
  });
});

describe.concurrent("what a path stands for", () => {
  test("a file: the object, its owner, layer and what it depends on", async () => {
    const path = "dist/local/foundation/priority-classes/PriorityClass.platform-critical.yaml";
    const source = readFileSync(join(repository, "platform/priority-classes.ts"), "utf8");
    expect(await explained(path)).toMatchObject({
      path,
      cluster: "local",
      object: "PriorityClass/platform-critical",
      definition: "platform/priority-classes.ts",
      createdAt: `platform/priority-classes.ts:${lineOf(source, "KubePriorityClass")}`,
      delivers: false,
      slice: { owner: "priority-classes", layer: "foundation", dependsOn: ["namespaces"] },
    });
  });

  test("the folder of a slice: its chart and the chart's values", async () => {
    const { object, slice } = await explained("local/controllers/metrics-server/");
    expect(object).toBeNull();
    expect(slice).toMatchObject({
      owner: "metrics-server",
      chart: { name: "metrics-server", repository: expect.stringMatching(/^https:/) },
      parameters: { replicas: 1 },
    });
  });

  test("the reconciler's own file: the definition of the slice that it delivers", async () => {
    expect(await explained("local/reconciler/Application.metrics-server.yaml")).toMatchObject({
      delivers: true,
      definition: "platform/metrics-server.ts",
      slice: { owner: "metrics-server" },
    });
    expect(await explained("local/bootstrap/Application.slipway.yaml")).toMatchObject({
      delivers: true,
      definition: "clusters/local.ts",
      slice: null,
    });
    expect(await explained("local/bootstrap/values/argo-cd.yaml")).toMatchObject({
      delivers: true,
      object: null,
      definition: "platform/argo-cd.ts",
      slice: { owner: "argo-cd" },
    });
    const flux = fleet.clusters.find(({ reconciler }) => reconciler === "flux")?.name ?? "";
    expect(await explained(`${flux}/reconciler/Kustomization.metrics-server.yaml`)).toMatchObject({
      delivers: true,
      definition: "platform/metrics-server.ts",
    });
  });

  test("a namespace: the slices that live in it", async () => {
    const { slice } = await explained("local/foundation/namespaces/Namespace.traefik.yaml");
    expect(slice).toMatchObject({ users: ["traefik"], parameters: { name: "traefik" } });
  });

  test("a service account: its AWS role and what that allows, on a cluster that is on AWS", async () => {
    const folder = "dist/voice-agent-prod/applications/voice-agent-studio-prod";
    const { slice } = await explained(`${folder}/ServiceAccount.voice-agent-studio.yaml`);
    expect(slice?.permissions).toMatchObject([
      { role: expect.stringMatching(/^arn:aws:iam::\d{12}:role\//), statements: expect.any(Array) },
    ]);
    expect((await explained(`${folder}/Deployment.voice-agent-studio.yaml`)).slice?.permissions).toEqual([]);
  });

  test("a placement: its secrets by their full names in AWS Secrets Manager, with their keys", async () => {
    const folder = "dist/attractor-factory/applications/attractor-factory-prod";
    const secrets = (await explained(folder)).slice?.secrets;
    expect(secrets).toContainEqual({
      name: "attractor-factory/attractor-factory/prod/redis",
      keys: ["password"],
    });
    const file = `${folder}/1-data/ExternalSecret.redis.yaml`;
    const redis = (await explained(file)).slice?.secrets;
    expect(redis?.map(({ name }) => name)).toEqual(["attractor-factory/attractor-factory/prod/redis"]);
    expect((await explained(`${folder}/1-data/StatefulSet.redis.yaml`)).slice?.secrets).toEqual([]);
    // Generated in the cluster: nothing has to lie anywhere.
    expect((await explained("local/applications/attractor-factory-local")).slice?.secrets).toEqual([]);
  });

  test("the template of a stack: what it takes from others, and what it gives", async () => {
    const path = "dist/attractor-factory/aws/cert.yaml";
    expect(await explained(path)).toMatchObject({
      definition: "clusters/attractor-factory.ts",
      delivers: false,
      slice: null,
      stack: {
        name: "attractor-factory-cert",
        takes: { HostedZoneId: "id of the Route 53 zone pelx.ai" },
        gives: ["CertificateArn"],
      },
    });
    const { stdout } = await slipway(["explain", "dist/attractor-factory/aws/iam.yaml"]);
    expect(stdout).toMatch(/^takes +OidcIssuer: output OidcIssuer of attractor-factory-eks$/m);
    expect(stdout).not.toMatch(/^(owner|delivers) /m);
  });

  test("an add-on: its secrets too", async () => {
    const { slice } = await explained("content-studio/controllers/datadog");
    expect(slice?.secrets).toContainEqual({ name: "content-studio/datadog/datadog", keys: ["api-key"] });
  });

  test("the folder of a layer: the slices in it, with what they are", async () => {
    const { stdout } = await slipway(["explain", "dist/local/controllers"]);
    expect(stdout).toMatch(
      /^dist\/local\/controllers\/metrics-server +platform\/metrics-server\.ts +CPU and/m,
    );
    expect(stdout).not.toContain("dist/local/foundation");
    const json: unknown = JSON.parse((await slipway(["explain", "local/foundation", "--json"])).stdout);
    expect(json).toMatchObject({
      path: "dist/local/foundation",
      slices: expect.arrayContaining([
        expect.objectContaining({ path: "dist/local/foundation/priority-classes" }),
      ]),
    });
  });

  test("dist/ in front is optional, and an absolute path is taken", async () => {
    const path = "local/foundation/priority-classes";
    const expected = await explained(path);
    expect(await explained(`./dist/${path}`)).toEqual(expected);
    expect(await explained(join(repository, "dist", path))).toEqual(expected);
  });
});

describe.concurrent("paths that stand for nothing", () => {
  test.each([
    {
      path: "dist/local/foundation/priority-classes/PriorityClass.platform-critcal.yaml",
      fix: "did you mean dist/local/foundation/priority-classes/PriorityClass.platform-critical.yaml?",
    },
    { path: "dist/loca/foundation", fix: "did you mean dist/local/foundation?" },
    { path: "dist/local/bootstrap", fix: "dist/local/bootstrap/Application.slipway.yaml" },
    { path: "dist/../package.json", fix: "name a file or a folder of dist" },
    { path: "../../etc/passwd", fix: "name a file or a folder of dist" },
    { path: "/etc/passwd", fix: "name a file or a folder of dist" },
    { path: join(repository, "package.json"), fix: "name a file or a folder of dist" },
    { path: "dist", fix: "name one below dist" },
    { path: "README.md", fix: "name a file or a folder of dist" },
    { path: "apps/voice-agent-studio/app.ts", fix: "name a file or a folder of dist" },
  ])("$path", async ({ path, fix }) => {
    const { status, stdout, stderr } = await slipway(["explain", path]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain(fix);
    expect(stderr).not.toContain("    at ");
  });
});
