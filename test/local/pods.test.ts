import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { environmentOf } from "../../scripts/local/workloads/environment.ts";
import { filesOf } from "../../scripts/local/workloads/files.ts";
import { contentOf } from "../../scripts/local/workloads/held.ts";
import type { Held } from "../../scripts/local/workloads/held.ts";
import { runsHere } from "../../scripts/local/workloads/pod-contract.ts";
import { NotYet, startPod } from "../../scripts/local/workloads/pod-process.ts";
import type { Json, KubernetesObject } from "../../synth/objects/kubernetes-object.ts";

const encoded = (text: string) => Buffer.from(text).toString("base64");
const objects: readonly KubernetesObject[] = [
  {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "settings" },
    data: { MODE: "plain", "app.conf": "listen = 3000\n" },
  },
  {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "pictures" },
    binaryData: { logo: encoded("\u0000png") },
  },
  {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "keys" },
    data: { password: encoded("s3cr3t"), "tls.key": encoded("key") },
  },
];
const held: Held = (kind, name) => {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
  return found && contentOf(found);
};

const container: { readonly [field: string]: Json } = {
  name: "web",
  image: "shop/web:local",
  args: ["--mode=server", "--password=$(PASSWORD)"],
  ports: [{ name: "http", containerPort: 3000 }],
  readinessProbe: { httpGet: { path: "/readyz", port: "http" } },
  resources: { limits: { cpu: "2" } },
  envFrom: [
    { prefix: "SET_", configMapRef: { name: "settings" } },
    { secretRef: { name: "gone", optional: true } },
  ],
  env: [
    { name: "PASSWORD", valueFrom: { secretKeyRef: { name: "keys", key: "password" } } },
    { name: "URL", value: "redis://:$(PASSWORD)@redis" },
    { name: "SET_MODE", value: "over" },
    { name: "NODE", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } },
    { name: "TEAM", valueFrom: { fieldRef: { fieldPath: "metadata.labels['team']" } } },
    { name: "CPU", valueFrom: { resourceFieldRef: { resource: "limits.cpu" } } },
  ],
  volumeMounts: [
    { name: "settings", mountPath: "/etc/app" },
    { name: "settings", mountPath: "/etc/single.conf", subPath: "app.conf" },
    { name: "keys", mountPath: "/keys" },
    { name: "all", mountPath: "/all" },
    { name: "scratch", mountPath: "/tmp" },
  ],
};

const pod: KubernetesObject = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: {
    name: "web-7d9",
    namespace: "shop",
    labels: { app: "web", team: "blue", "app.kubernetes.io/name": "web" },
  },
  spec: {
    nodeName: "local-1",
    containers: [container],
    volumes: [
      { name: "settings", configMap: { name: "settings" } },
      { name: "keys", secret: { secretName: "keys", items: [{ key: "tls.key", path: "tls/key.pem" }] } },
      {
        name: "all",
        projected: {
          sources: [
            { secret: { name: "keys" } },
            { configMap: { name: "pictures" } },
            { serviceAccountToken: { path: "token" } },
            { downwardAPI: { items: [{ path: "name", fieldRef: { fieldPath: "metadata.name" } }] } },
          ],
        },
      },
      { name: "scratch", emptyDir: {} },
    ],
  },
  status: { phase: "Running" },
};

const emptySecrets: Held = (kind, name) => (kind === "Secret" ? new Map() : held(kind, name));

describe("a container's variables", () => {
  test("are those that the kubelet would give it", () => {
    const { values, missing } = environmentOf(pod, container, held);
    expect(missing).toEqual([]);
    expect(values).toMatchObject({
      HOSTNAME: "web-7d9",
      SET_MODE: "over",
      "SET_app.conf": "listen = 3000\n",
      PASSWORD: "s3cr3t",
      URL: "redis://:s3cr3t@redis",
      NODE: "local-1",
      TEAM: "blue",
      CPU: "2",
    });
    const pictures = { envFrom: [{ configMapRef: { name: "pictures" } }] };
    expect(environmentOf(pod, pictures, held).values).toEqual({ HOSTNAME: "web-7d9" });
  });

  test("are missing with the object that should hold them", () => {
    expect(environmentOf(pod, container, emptySecrets).missing).toEqual(["Secret keys has no key password"]);
    expect(environmentOf(pod, container, () => undefined).missing).toEqual([
      "ConfigMap settings is not there",
      "Secret keys is not there",
    ]);
  });
});

test("a container's files are those of its volumes", () => {
  const { folders, files } = filesOf(pod, container, held);
  expect(folders).toEqual(["/etc/app", "/keys", "/all", "/tmp"]);
  expect(Object.fromEntries(files.map(({ path, content }) => [path, content.toString()]))).toEqual({
    "/etc/app/MODE": "plain",
    "/etc/app/app.conf": "listen = 3000\n",
    "/etc/single.conf": "listen = 3000\n",
    "/keys/tls/key.pem": "key",
    "/all/logo": "\u0000png",
    "/all/password": "s3cr3t",
    "/all/tls.key": "key",
    "/all/token": expect.stringContaining("no token"),
    "/all/name": "web-7d9",
  });
});

test("what runs as processes is pods of our own images that are there, and no Jobs", () => {
  const { metadata } = pod;
  const owned = { ...metadata, ownerReferences: [{ kind: "Job", name: "migrate" }] };
  const others = { containers: [{ ...container, image: "postgres:17@sha256:11" }] };
  expect(runsHere(pod)).toBe(true);
  expect(runsHere({ ...pod, metadata: owned })).toBe(false);
  expect(runsHere({ ...pod, metadata: { ...metadata, deletionTimestamp: "2026-01-01T00:00:00Z" } })).toBe(
    false,
  );
  expect(runsHere({ ...pod, status: { phase: "Pending" } })).toBe(false);
  expect(runsHere({ ...pod, spec: others })).toBe(false);
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "slipway-pods-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

describe("a pod as processes", () => {
  test("answers on a port of its own, and leaves no file when it ends", async () => {
    const place = folder();
    const running = await startPod(place, pod, held);
    const [port] = running.ports;
    expect(port).toMatchObject({ name: "http", number: 3000 });
    const answer = await fetch(`http://127.0.0.1:${port?.local}/`);
    expect(await answer.text()).toBe("a mock of web answers\n");
    expect((await fetch(`http://127.0.0.1:${port?.local}/readyz`)).status).toBe(200);
    const file = join(place, "pods/shop.web-7d9/web/keys/tls/key.pem");
    expect([readFileSync(file, "utf8"), statSync(file).mode & 0o777]).toEqual(["key", 0o600]);
    const log = readFileSync(join(place, "logs/web-7d9.web.log"), "utf8");
    expect(log).toContain("given PASSWORD, secret (Secret keys, key password)");
    expect(log).not.toContain("s3cr3t");
    const command = spawnSync("ps", [
      "-o",
      "args=",
      "-p",
      String(running.programs[0]?.pid),
    ]).stdout.toString();
    expect(command).toContain("--password=$(PASSWORD)");
    await running.stop();
    await expect(fetch(`http://127.0.0.1:${port?.local}/`)).rejects.toThrow("fetch failed");
    expect(existsSync(join(place, "pods/shop.web-7d9"))).toBe(false);
  });

  test("waits for what it is promised", async () => {
    const place = folder();
    await expect(startPod(place, pod, () => undefined)).rejects.toThrow(NotYet);
    expect(existsSync(join(place, "processes.json"))).toBe(false);
  });
});
