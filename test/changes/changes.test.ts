import { describe, expect, test } from "vitest";
import { compareTrees } from "../../synth/changes/changes.ts";
import type { Changes } from "../../synth/changes/changes.ts";
import { DistTree } from "../../synth/changes/dist-tree.ts";
import type { DistFiles } from "../../synth/changes/dist-tree.ts";
import { pathText } from "../../synth/changes/field-path.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import { clusters, distFiles, object, web, webContainer } from "./dist-files.ts";
import type { Planted } from "./dist-files.ts";

type Planting = readonly (Planted | KubernetesObject)[];

function between(base: Planting | DistFiles, head: Planting | DistFiles): Changes {
  return compareTrees(new DistTree(filesOf(base)), new DistTree(filesOf(head)), clusters);
}

function filesOf(side: Planting | DistFiles): DistFiles {
  return "values" in side && "get" in side ? side : distFiles(side);
}

/** `path effect` of every field that changes. */
function fieldsOf({ folded }: Changes): readonly string[] {
  return folded.flatMap(({ fields }) => fields.map(({ path, effect }) => `${pathText(path)} ${effect}`));
}

const sidecar = { ...webContainer, name: "proxy", image: "shop/proxy:1.0.0" };
const service = (ports: readonly object[]) => object("v1", "Service", "web", { spec: { ports } }, "shop");
const settings = (data: object, rest: object = {}) =>
  object("v1", "ConfigMap", "settings", { data, ...rest }, "shop");

describe("lists are compared by what identifies their elements:", () => {
  test("containers in another order are no change, and are counted", () => {
    const changes = between(
      [web({ pod: { containers: [webContainer, sidecar] } })],
      [web({ pod: { containers: [sidecar, webContainer] } })],
    );
    expect(changes.folded).toEqual([]);
    expect(changes.noise).toHaveLength(1);
  });

  test("one field of one container is one field", () => {
    const changes = between(
      [web({ pod: { containers: [webContainer, sidecar] } })],
      [web({ pod: { containers: [{ ...sidecar, image: "shop/proxy:2.0.0" }, webContainer] } })],
    );
    expect(fieldsOf(changes)).toEqual(["spec.template.spec.containers[proxy].image rollout"]);
  });

  test("environment variables by name, volumes by name", () => {
    const before = {
      env: [
        { name: "A", value: "1" },
        { name: "B", value: "2" },
      ],
    };
    const after = {
      env: [
        { name: "B", value: "3" },
        { name: "A", value: "1" },
        { name: "C", value: "4" },
      ],
    };
    expect(fieldsOf(between([web({ container: before })], [web({ container: after })]))).toEqual([
      "spec.template.spec.containers[web].env[B].value rollout",
      "spec.template.spec.containers[web].env[C] rollout",
    ]);
  });

  test("ports by number and protocol, TCP going without saying", () => {
    const changes = between(
      [
        service([
          { port: 53, protocol: "UDP", name: "dns" },
          { port: 53, name: "dns-tcp" },
        ]),
      ],
      [
        service([
          { port: 53, protocol: "TCP", name: "tcp" },
          { port: 53, protocol: "UDP", name: "dns" },
        ]),
      ],
    );
    expect(fieldsOf(changes)).toEqual(["spec.ports[53].name network", "spec.ports[53].protocol network"]);
  });

  test("arguments in another order are a change, since programs read them in order", () => {
    const changes = between(
      [web({ container: { args: ["a", "b"] } })],
      [web({ container: { args: ["b", "a"] } })],
    );
    expect(fieldsOf(changes)).toEqual(["spec.template.spec.containers[web].args rollout"]);
  });

  test("rules of a role as a set", () => {
    const role = (...rules: readonly object[]) =>
      object("rbac.authorization.k8s.io/v1", "Role", "web", { rules }, "shop");
    const [read, write] = [
      { resources: ["pods"], verbs: ["get"] },
      { resources: ["jobs"], verbs: ["create"] },
    ];
    expect(between([role(read, write)], [role(write, read)]).folded).toEqual([]);
    expect(
      fieldsOf(between([role(read, write)], [role(write, { ...read, verbs: ["get", "list"] })])),
    ).toEqual(["rules[0].verbs[] access"]);
  });

  test("elements of a kind that no schema knows by their names, whose order counts", () => {
    const bed = (...plants: readonly object[]) =>
      object("garden.dev/v1", "Bed", "front", { spec: { plants } }, "shop");
    const [rose, lily] = [{ name: "rose", red: true }, { name: "lily" }];
    expect(fieldsOf(between([bed(rose, lily)], [bed({ ...rose, red: false }, lily)]))).toEqual([
      "spec.plants[rose].red config",
    ]);
    expect(fieldsOf(between([bed(rose, lily)], [bed(lily, rose)]))).toEqual(["spec.plants[order] config"]);
  });
});

describe("an object", () => {
  test("whose file moves is the same object, and its move is counted", () => {
    const changes = between([{ object: web() }], [{ object: web(), folder: "configuration" }]);
    expect(changes.folded).toEqual([]);
    expect(changes.noise).toMatchObject([{ name: "web", moved: true }]);
  });

  test("that another slice takes over says from which", () => {
    const changes = between([{ object: settings({}) }], [{ object: settings({}), owner: "shop-next-prod" }]);
    expect(changes.folded).toMatchObject([
      { name: "settings", formerOwner: "shop-prod", operation: "changed" },
    ]);
  });

  test("written in another format is no change", () => {
    const files = distFiles([settings({ sun: "full" })]);
    const other = new Map(
      [...files].map(([path, content]) => [path, content.replace("sun: full", 'sun: "full"')]),
    );
    const changes = between(files, other);
    expect([changes.folded, changes.noise.length]).toEqual([[], 1]);
  });

  test("that comes or goes is one change with all that it does", () => {
    expect(between([], [web()]).folded).toMatchObject([
      { operation: "added", effects: ["rollout"], fields: [] },
    ]);
    expect(between([web()], []).folded).toMatchObject([
      { operation: "removed", effects: ["deletion"], fields: [] },
    ]);
  });
});

describe("a Job named by a digest of its pod", () => {
  const job = (digest: string, image: string) =>
    object(
      "batch/v1",
      "Job",
      `migrate-${digest}`,
      {
        spec: { template: { spec: { containers: [{ name: "migrate", image }] } } },
      },
      "shop",
    );

  test("is one Job that runs again", () => {
    const changes = between([job("0123456789", "shop/web:1.0.0")], [job("abcdef0123", "shop/web:2.0.0")]);
    expect(changes.folded).toMatchObject([{ operation: "replaced", name: "migrate", effects: ["rollout"] }]);
    expect(fieldsOf(changes)).toEqual(["spec.template.spec.containers[migrate].image rollout"]);
  });

  test("is another Job under another name", () => {
    const other = object("batch/v1", "Job", "seed-abcdef0123", { spec: {} }, "shop");
    const operations = between([job("0123456789", "shop/web:1.0.0")], [other]).folded.map(
      ({ operation }) => operation,
    );
    expect(operations.toSorted()).toEqual(["added", "removed"]);
  });
});

describe("noise is counted and kept:", () => {
  const labelled = (labels: object, annotations: object = {}) =>
    object("v1", "ConfigMap", "settings", { metadata: { labels, annotations } }, "shop");

  test.each([
    ["slipway.dev/layer", "labels"],
    ["app.kubernetes.io/version", "labels"],
    ["helm.sh/chart", "labels"],
    ["argocd.argoproj.io/sync-wave", "annotations"],
  ])("%s among %s", (key, where) => {
    const change = { [key]: "2" };
    const changes = between([labelled({})], [where === "labels" ? labelled(change) : labelled({}, change)]);
    expect(changes.folded).toEqual([]);
    expect(changes.noise).toHaveLength(1);
    expect(changes.noise[0]?.noise).toHaveLength(1);
  });

  test("beside a real change it is kept apart", () => {
    const before = settings({ sun: "half" }, { metadata: { labels: { "slipway.dev/layer": "a" } } });
    const after = settings({ sun: "full" }, { metadata: { labels: { "slipway.dev/layer": "b" } } });
    const [change] = between([before], [after]).folded;
    expect(change?.fields.map(({ path }) => pathText(path))).toEqual(["data.sun"]);
    expect(change?.noise.map(({ path }) => pathText(path))).toEqual(["metadata.labels[slipway.dev/layer]"]);
  });

  test("a certificate of a webhook is none", () => {
    const webhook = (caBundle: string) =>
      object("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", "web", {
        webhooks: [{ name: "web.shop.dev", clientConfig: { caBundle } }],
      });
    expect(fieldsOf(between([webhook("YQ==")], [webhook("Yg==")]))).toEqual([
      "webhooks[web.shop.dev].clientConfig.caBundle config",
    ]);
  });

  test("a label of a pod is none, nor is a label that policies select namespaces by", () => {
    const namespace = (value: string) =>
      object("v1", "Namespace", "shop", { metadata: { labels: { "slipway.dev/x": value } } });
    expect(between([namespace("a")], [namespace("b")]).folded).toHaveLength(1);
    expect(
      fieldsOf(
        between(
          [web({ annotations: { "slipway.dev/config": "a" } })],
          [web({ annotations: { "slipway.dev/config": "b" } })],
        ),
      ),
    ).toEqual(["spec.template.metadata.annotations[slipway.dev/config] restart"]);
  });
});

describe("the same change in several places is one:", () => {
  const in2 = (make: (cluster: string) => KubernetesObject): Planting =>
    ["garden", "meadow"].map((cluster) => ({ object: make(cluster), cluster }));

  test("in two clusters, whatever their registries", () => {
    const image = (account: string, tag: string) =>
      web({ container: { image: `${account}.dkr.ecr.us-west-2.amazonaws.com/shop/web:${tag}` } });
    const account = (cluster: string) => (cluster === "garden" ? "123456789012" : "210987654321");
    const changes = between(
      in2((cluster) => image(account(cluster), "1.0.0")),
      in2((cluster) => image(account(cluster), "2.0.0")),
    );
    expect(changes.folded.map(({ places }) => places.map(({ cluster }) => cluster))).toEqual([
      ["garden", "meadow"],
    ]);
    expect(changes.versions).toMatchObject([{ name: "shop/web", before: ":1.0.0", after: ":2.0.0" }]);
  });

  test("in two environments whose namespaces and owners differ", () => {
    const policy = (namespace: string) => ({
      object: object("v1", "ConfigMap", "settings", { data: { host: `web.${namespace}.svc` } }, namespace),
      owner: namespace,
    });
    const changes = between([], [policy("shop-dev"), policy("shop-prod")]);
    expect(changes.folded.map(({ places }) => places.map(({ environment }) => environment))).toEqual([
      ["dev", "prod"],
    ]);
  });

  test("where a namespace has the app's name in one place only", () => {
    const at = (namespace: string, image: string) => ({
      object: { ...web({ container: { image } }), metadata: { name: "web", namespace } },
      owner: `shop-${namespace}`,
    });
    const changes = between(
      [at("shop", "shop/web:1"), at("shop-dev", "shop/web:1")],
      [at("shop", "shop/web:2"), at("shop-dev", "shop/web:2")],
    );
    expect(changes.folded.map(({ places }) => places.length)).toEqual([2]);
  });

  test("and values that differ are not folded", () => {
    const changes = between(
      in2(() => settings({ sun: "half" })),
      in2((cluster) => settings({ sun: cluster === "garden" ? "full" : "none" })),
    );
    expect(changes.folded.map(({ places }) => places.length)).toEqual([1, 1]);
  });

  test("and new objects that differ in more than their names are not", () => {
    const changes = between(
      [],
      in2((cluster) => settings({ sun: cluster === "garden" ? "full" : "none" })),
    );
    expect(changes.folded).toHaveLength(2);
  });
});

describe("what pods cost is reckoned by node group", () => {
  const scaler = (minReplicas: number, maxReplicas: number) =>
    object(
      "autoscaling/v2",
      "HorizontalPodAutoscaler",
      "web",
      {
        spec: {
          minReplicas,
          maxReplicas,
          scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
        },
      },
      "shop",
    );

  test("at the autoscaler's minimum and maximum, before and after", () => {
    const changes = between([web(), scaler(2, 4)], [web(), scaler(3, 10)]);
    const gib = 2 ** 30;
    expect(changes.cost).toMatchObject([
      {
        cluster: "garden",
        groups: ["workers"],
        before: { min: { cpu: 0.2, memory: gib / 4, pods: 2 }, max: { cpu: 0.4, memory: gib / 2, pods: 4 } },
        after: {
          min: { cpu: 0.3, memory: (3 * gib) / 8, pods: 3 },
          max: { cpu: 1, memory: (10 * gib) / 8, pods: 10 },
        },
      },
    ]);
    expect(changes.replicas).toMatchObject([
      { workload: "Deployment web", before: { min: 2, max: 4 }, after: { min: 3, max: 10 } },
    ]);
  });

  test("one pod of a DaemonSet on each node", () => {
    const { cost } = between([], [web({ kind: "DaemonSet" })]);
    expect(cost).toMatchObject([{ after: { min: { pods: 2 }, max: { pods: 4 } } }]);
  });

  test("and not at all where pods stay what they are", () => {
    expect(between([web()], [web({ annotations: { note: "hello" } })]).cost).toEqual([]);
  });
});

describe("a file that is no object", () => {
  test.each([
    ["no YAML", "kind: [Service"],
    ["two documents", "a: 1\n---\nb: 2\n"],
    ["references that grow without end", "a: &a [x, x]\nb: &b [*a, *a]\n"],
    ["a nest without end", "[".repeat(100_000)],
    ["a number that is none", "apiVersion: v1\nkind: A\nmetadata: {name: a}\nspec: .nan\n"],
    ["nothing", ""],
    ["no text", "\u0000\uDC80"],
  ])("is named, and stops nothing: %s", (_what, content) => {
    const path = "garden/applications/shop-prod/Service.web.yaml";
    const changes = between(
      distFiles([web()]),
      new Map([[path, content], ...distFiles([web({ container: { image: "a/b:2" } })])]),
    );
    expect(changes.unreadable).toMatchObject([{ path, side: "head" }]);
    expect(changes.folded).toHaveLength(1);
  });

  test("is parsed only if it differs", () => {
    const broken: [string, string] = ["garden/applications/shop-prod/Service.web.yaml", "kind: ["];
    expect(between(new Map([broken]), new Map([broken])).unreadable).toEqual([]);
  });
});
