import { readFileSync, readdirSync, readlinkSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ControlPlane } from "../../../scripts/control-plane/control-plane.ts";
import { establishCrds } from "../../../scripts/control-plane/crds.ts";
import { startRollouts } from "../../../scripts/control-plane/rollouts.ts";
import type { RunningRollouts } from "../../../scripts/control-plane/rollouts.ts";
import { recordedProcesses } from "../../../scripts/process/record.ts";
import { chartDefinitions } from "../../../scripts/stand-ins/charts/definitions.ts";
import { number, text } from "../../../synth/objects/json-fields.ts";
import { isKubernetesObject } from "../../../synth/objects/plain.ts";
import { deployment, eventually, skipReason, startPlane, temporaryFolder } from "./plane.ts";

const namespace = "default";
const labels = { app: "web" };
const hash = "rollouts-pod-template-hash";
const rollout = { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout", name: "web", namespace };
const active = { apiVersion: "v1", kind: "Service", name: "web", namespace };

const missing = skipReason("rollouts-controller");

describe.skipIf(missing !== undefined)("a blue-green Rollout", () => {
  const folder = temporaryFolder();
  let plane: ControlPlane;
  let rollouts: RunningRollouts;

  beforeAll(async () => {
    plane = await startPlane(folder.path);
    rollouts = await startRollouts(plane, () => undefined);
    await establishCrds(plane.client, chartDefinitions("argo-rollouts").filter(isKubernetesObject));
    await plane.client.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: "argo-rollouts" } });
    for (const name of ["web", "web-preview"]) {
      await plane.client.apply({
        apiVersion: "v1",
        kind: "Service",
        metadata: { name, namespace },
        spec: { selector: labels, ports: [{ port: 80 }] },
      });
    }
  }, 300_000);
  afterAll(async () => {
    await rollouts?.stop();
    await plane?.stop();
    folder.remove();
  }, 60_000);

  async function release(version: number): Promise<void> {
    const { apiVersion, kind, name } = rollout;
    const containers = [{ name: "web", image: `example.com/web:${version}` }];
    await plane.client.apply({
      apiVersion,
      kind,
      metadata: { name, namespace },
      spec: {
        replicas: 2,
        selector: { matchLabels: labels },
        strategy: { blueGreen: { activeService: "web", previewService: "web-preview" } },
        template: { metadata: { labels }, spec: { containers } },
      },
    });
  }

  /** Which pods the Service serves, once the Rollout is done with its newest generation. */
  const served = (): Promise<string> =>
    eventually(
      async () => {
        const found = await plane.client.get(rollout);
        const isNewest =
          text(found, "status", "observedGeneration") === String(number(found?.metadata, "generation"));
        if (!isNewest || text(found, "status", "phase") !== "Healthy") return undefined;
        return text(await plane.client.get(active), "spec", "selector", hash);
      },
      () => Promise.resolve(Object.values(rollouts.logTails(10)).flat().join("\n")),
    );

  test("is nobody's while the chart's Deployment is not there", async () => {
    await release(1);
    expect(rollouts.logTails()).toEqual({});
    expect(text(await plane.client.get(rollout), "status", "phase")).toBeUndefined();
  });

  test("has its Service serve its pods, and new ones when all of them are ready", async () => {
    const controller = deployment("argo-rollouts", 1);
    await plane.client.apply({
      ...controller,
      metadata: { ...controller.metadata, namespace: "argo-rollouts" },
    });
    const first = await served();
    await release(2);
    const second = await served();
    expect(second).not.toBe(first);
    expect(rollouts.complaints()).toEqual([]);
  }, 200_000);

  test.skipIf(process.platform !== "linux")("is taken care of by a controller that listens nowhere", () => {
    const controller = recordedProcesses(folder.path).find(({ name }) => name === "argo-rollouts");
    expect(controller).toBeDefined();
    expect(listening(controller?.pid ?? 0)).toEqual([]);
  });
});

/** Local addresses, as the kernel writes them, on which a process accepts connections. */
function listening(pid: number): readonly string[] {
  const own = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      const target = readlinkSync(`/proc/${pid}/fd/${fd}`);
      return /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? [];
    }),
  );
  expect(own.size).toBeGreaterThan(0);
  return ["tcp", "tcp6"]
    .flatMap((table) => readFileSync(`/proc/${pid}/net/${table}`, "utf8").trim().split("\n").slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state, , , , , , inode]) => state === "0A" && own.has(inode ?? ""))
    .map(([, address]) => address ?? "");
}
