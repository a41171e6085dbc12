import { describe, expect, test } from "vitest";
import { pathText } from "../../synth/changes/field-path.ts";
import { between, fieldsOf } from "./between.ts";
import { distFiles, object, web, webContainer } from "./dist-files.ts";

const sidecar = { ...webContainer, name: "proxy", image: "shop/proxy:1.0.0" };
const service = (ports: readonly object[]) => object("v1", "Service", "web", { spec: { ports } }, "shop");
const settings = (data: object, rest: object = {}) =>
  object("v1", "ConfigMap", "settings", { data, ...rest }, "shop");

const role = (...rules: readonly object[]) =>
  object("rbac.authorization.k8s.io/v1", "Role", "web", { rules }, "shop");

const bed = (...plants: readonly object[]) =>
  object("garden.dev/v1", "Bed", "front", { spec: { plants } }, "shop");

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

describe("a Job named by a digest of its pod", () => {
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

const labelled = (labels: object, annotations: object = {}) =>
  object("v1", "ConfigMap", "settings", { metadata: { labels, annotations } }, "shop");

const webhook = (caBundle: string) =>
  object("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", "web", {
    webhooks: [{ name: "web.shop.dev", clientConfig: { caBundle } }],
  });

const namespace = (value: string) =>
  object("v1", "Namespace", "shop", { metadata: { labels: { "slipway.dev/x": value } } });

describe("noise is counted and kept:", () => {
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
    expect(fieldsOf(between([webhook("YQ==")], [webhook("Yg==")]))).toEqual([
      "webhooks[web.shop.dev].clientConfig.caBundle config",
    ]);
  });

  test("a label of a pod is none, nor is a label that policies select namespaces by", () => {
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
