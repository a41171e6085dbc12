import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { controlPlaneTools } from "../../../scripts/control-plane/start.ts";

import { whyNoTools } from "../../../scripts/tools/find.ts";
import { list, text } from "../../../synth/objects/json-fields.ts";
import { at, startGarden } from "./garden.ts";
import type { Garden } from "./garden.ts";

const missing = whyNoTools(controlPlaneTools);
if (missing !== undefined) console.warn(`skipped controllers.test.ts: ${missing}`);

describe.skipIf(missing !== undefined)("stand-in controllers", () => {
  let garden: Garden;

  beforeAll(async () => {
    garden = await startGarden({
      kinds: [
        "cert-manager.io/v1/Certificate",
        "cert-manager.io/v1/Issuer",
        "monitoring.coreos.com/v1/Prometheus",
      ],
    });
  });

  afterAll(() => garden.stop());

  test("a certificate waits for its issuer, and an issuer for its authority", async () => {
    await garden.apply("cert-manager.io/v1", "Certificate", "gate", {
      spec: { secretName: "gate", dnsNames: ["gate"], issuerRef: { kind: "Issuer", name: "root" } },
    });
    const gate = at("cert-manager.io/v1", "Certificate", "gate");
    await garden.eventually(async () => (await garden.conditionOf(gate)).startsWith("False"));
    await garden.apply("cert-manager.io/v1", "Issuer", "root", { spec: { selfSigned: {} } });
    await garden.eventually(async () => (await garden.conditionOf(gate)).startsWith("True"));
    expect(text(await garden.client.get(at("v1", "Secret", "gate")), "type")).toBe("kubernetes.io/tls");
  });

  test("a claim gets its volume in the zone of its pod's node, and its class decides what remains", async () => {
    await garden.apply("storage.k8s.io/v1", "StorageClass", "gp3", {
      provisioner: "ebs.csi.aws.com",
      reclaimPolicy: "Delete",
      volumeBindingMode: "WaitForFirstConsumer",
    });
    await garden.apply("v1", "PersistentVolumeClaim", "soil", {
      spec: {
        storageClassName: "gp3",
        accessModes: ["ReadWriteOnce"],
        resources: { requests: { storage: "1Gi" } },
      },
    });
    await garden.apply("v1", "Pod", "plant", {
      spec: {
        containers: [{ name: "plant", image: "plant", volumeMounts: [{ name: "soil", mountPath: "/soil" }] }],
        volumes: [{ name: "soil", persistentVolumeClaim: { claimName: "soil" } }],
      },
    });
    const claim = at("v1", "PersistentVolumeClaim", "soil");
    await garden.eventually(async () => text(await garden.client.get(claim), "status", "phase") === "Bound");
    await garden.eventually(async () =>
      (await garden.conditionOf(at("v1", "Pod", "plant"))).startsWith("True"),
    );
    const volume = {
      apiVersion: "v1",
      kind: "PersistentVolume",
      name: text(await garden.client.get(claim), "spec", "volumeName") ?? "",
    };
    expect(JSON.stringify(await garden.client.get(volume))).toContain('"topology.ebs.csi.aws.com/zone"');
    await garden.client.delete(at("v1", "Pod", "plant"));
    await garden.client.delete(claim);
    await garden.eventually(async () => (await garden.client.get(volume)) === undefined);
  });

  test("an Ingress has an address once somebody brings its class", async () => {
    await garden.apply("networking.k8s.io/v1", "Ingress", "gate", {
      spec: {
        ingressClassName: "alb",
        defaultBackend: { service: { name: "gate", port: { number: 80 } } },
      },
    });
    const ingress = at("networking.k8s.io/v1", "Ingress", "gate");
    await sleep(1500);
    expect(list(await garden.client.get(ingress), "status", "loadBalancer", "ingress")).toEqual([]);
    await garden.apply("networking.k8s.io/v1", "IngressClass", "alb", {
      spec: { controller: "ingress.k8s.aws/alb" },
    });
    await garden.eventually(
      async () => list(await garden.client.get(ingress), "status", "loadBalancer", "ingress").length === 1,
    );
  });

  test("a Prometheus becomes a StatefulSet with volumes, and is available when its pods are", async () => {
    await garden.apply("monitoring.coreos.com/v1", "Prometheus", "main", {
      spec: {
        replicas: 1,
        storage: {
          volumeClaimTemplate: {
            spec: {
              storageClassName: "gp3",
              accessModes: ["ReadWriteOnce"],
              resources: { requests: { storage: "1Gi" } },
            },
          },
        },
      },
    });
    const prometheus = at("monitoring.coreos.com/v1", "Prometheus", "main");
    await garden.eventually(async () =>
      (await garden.conditionOf(prometheus, "Available")).startsWith("True"),
    );
    expect(await garden.client.get(at("apps/v1", "StatefulSet", "prometheus-main"))).toBeDefined();
  });

  test("as many watches as there are kinds leave the client room to ask", async () => {
    const watching = new AbortController();
    let opened = 0;
    const watches = Array.from({ length: 80 }, async () => {
      for await (const { type } of garden.client.watch({ apiVersion: "v1", kind: "Node" }, watching.signal)) {
        if (type === "added") opened += 1;
      }
    });
    await garden.eventually(async () => opened === 80);
    await sleep(1000);
    const asked = Array.from({ length: 10 }, () => garden.client.list({ apiVersion: "v1", kind: "Node" }));
    expect((await Promise.all(asked)).map(({ length }) => length)).toEqual(Array(10).fill(1));
    watching.abort();
    await Promise.all(watches);
  });
});
