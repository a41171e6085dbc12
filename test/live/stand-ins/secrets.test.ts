import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { controlPlaneTools } from "../../../scripts/control-plane/start.ts";
import { standInMark } from "../../../scripts/stand-ins/mark.ts";
import { whyNoTools } from "../../../scripts/tools/find.ts";
import { field, text } from "../../../synth/objects/json-fields.ts";
import { at, namespace, startGarden } from "./garden.ts";
import type { Garden } from "./garden.ts";

const missing = whyNoTools(controlPlaneTools);
if (missing !== undefined) console.warn(`skipped secrets.test.ts: ${missing}`);

const store = {
  apiVersion: "external-secrets.io/v1",
  kind: "ClusterSecretStore",
  metadata: { name: "aws" },
  spec: {
    conditions: [{ namespaceSelector: { matchLabels: { "app.kubernetes.io/managed-by": "slipway" } } }],
    provider: { aws: { service: "SecretsManager", region: "eu-central-1", prefix: "garden/" } },
  },
};

const fromStore = (key: string, property: string) => ({
  spec: {
    refreshInterval: "1h",
    secretStoreRef: { kind: "ClusterSecretStore", name: "aws" },
    target: { name: "door", creationPolicy: "Owner" },
    data: [{ secretKey: "password", remoteRef: { key, property } }],
  },
});

describe.skipIf(missing !== undefined)("the stand-in for External Secrets", () => {
  let garden: Garden;

  beforeAll(async () => {
    garden = await startGarden({
      kinds: [
        "external-secrets.io/v1/ClusterSecretStore",
        "external-secrets.io/v1/ExternalSecret",
        "generators.external-secrets.io/v1alpha1/Password",
      ],
      objects: [store],
      secrets: [{ name: "garden/shed/door", keys: ["password"] }],
    });
    await garden.eventually(async () => {
      await garden.client.apply(store);
      return true;
    });
  });

  afterAll(() => garden.stop());

  test("a secret that a definition declares is filled, and again after it was deleted", async () => {
    await garden.apply(
      "external-secrets.io/v1",
      "ExternalSecret",
      "door",
      fromStore("shed/door", "password"),
    );
    const secret = at("v1", "Secret", "door");
    await garden.eventually(async () => (await garden.client.get(secret)) !== undefined);
    const filled = await garden.client.get(secret);
    expect(Buffer.from(text(filled, "data", "password") ?? "", "base64").toString()).toBe(
      "stand-in-for-password",
    );
    expect(field(filled, "metadata", "labels", standInMark)).toBe("external-secret");
    await garden.client.delete(secret);
    await garden.eventually(async () => (await garden.client.get(secret)) !== undefined);
    expect(await garden.conditionOf(at("external-secrets.io/v1", "ExternalSecret", "door"))).toMatch(/^True/);
  });

  test.each([
    ["an entry", "shed/window", "password", "no definition declares it"],
    ["a property", "shed/door", "colour", "has no property colour"],
  ])(
    "%s that no definition declares stays away, and the condition names it",
    async (_what, key, property, said) => {
      const name = `undeclared-${property}`;
      await garden.apply("external-secrets.io/v1", "ExternalSecret", name, {
        spec: { ...fromStore(key, property).spec, target: { name } },
      });
      const reference = at("external-secrets.io/v1", "ExternalSecret", name);
      await garden.eventually(async () => (await garden.conditionOf(reference)).startsWith("False"));
      expect(await garden.conditionOf(reference)).toContain(said);
      expect(await garden.client.get(at("v1", "Secret", name))).toBeUndefined();
      expect(garden.standIns.complaints()).toEqual([]);
    },
  );

  test("a namespace that the store does not admit gets nothing", async () => {
    await garden.client.mergePatch(
      { apiVersion: "v1", kind: "Namespace", name: namespace },
      { metadata: { labels: { "app.kubernetes.io/managed-by": "somebody" } } },
    );
    await garden.apply("external-secrets.io/v1", "ExternalSecret", "outside", {
      spec: { ...fromStore("shed/door", "password").spec, target: { name: "outside" } },
    });
    const reference = at("external-secrets.io/v1", "ExternalSecret", "outside");
    await garden.eventually(async () =>
      (await garden.conditionOf(reference)).includes("does not let namespace garden in"),
    );
    await garden.client.mergePatch(
      { apiVersion: "v1", kind: "Namespace", name: namespace },
      { metadata: { labels: { "app.kubernetes.io/managed-by": "slipway" } } },
    );
    await garden.eventually(async () => (await garden.conditionOf(reference)).startsWith("True"));
  });

  test("a generated password is made once, and fills the templates", async () => {
    await garden.apply("generators.external-secrets.io/v1alpha1", "Password", "key", {
      spec: { length: 32, digits: 8, symbols: 0, noUpper: false, allowRepeat: true },
    });
    await garden.apply("external-secrets.io/v1", "ExternalSecret", "key", {
      spec: {
        refreshPolicy: "CreatedOnce",
        target: {
          name: "key",
          template: {
            engineVersion: "v2",
            mergePolicy: "Merge",
            data: { url: "redis://:{{ .pass | urlquery }}@redis" },
          },
        },
        dataFrom: [
          {
            sourceRef: {
              generatorRef: {
                apiVersion: "generators.external-secrets.io/v1alpha1",
                kind: "Password",
                name: "key",
              },
            },
            rewrite: [{ regexp: { source: "password", target: "pass" } }],
          },
        ],
      },
    });
    const secret = at("v1", "Secret", "key");
    const password = async () =>
      Buffer.from(text(await garden.client.get(secret), "data", "pass") ?? "", "base64").toString();
    await garden.eventually(async () => (await password()).length === 32);
    const first = await password();
    const url = Buffer.from(text(await garden.client.get(secret), "data", "url") ?? "", "base64").toString();
    expect(url).toBe(`redis://:${first}@redis`);
    await garden.client.mergePatch(at("external-secrets.io/v1", "ExternalSecret", "key"), {
      spec: { target: { deletionPolicy: "Retain" } },
    });
    await sleep(1000);
    expect(await password()).toBe(first);
  });

  test("it tells what it stood in for, and nobody else does", () => {
    const used = garden.standIns.used().join("\n");
    expect(used).toContain("moto in place of AWS Secrets Manager");
    expect(used).not.toContain("KEDA");
  });
});
