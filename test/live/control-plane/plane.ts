import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ControlPlane } from "../../../scripts/control-plane/control-plane.ts";
import { controlPlaneTools, startControlPlane } from "../../../scripts/control-plane/start.ts";
import { whyNoTools } from "../../../scripts/tools/find.ts";
import type { ToolName } from "../../../scripts/tools/table.ts";
import type { NodeGroup } from "../../../synth/model/node-group.ts";
import type { Json, KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";

export const general: NodeGroup = {
  name: "general",
  instanceTypes: ["m7i.large"],
  min: 2,
  max: 4,
  capacity: "on-demand",
};

/** Why tests that need these are skipped; undefined where they are not. Said once by each file. */
export function skipReason(...tools: readonly ToolName[]): string | undefined {
  const reason = whyNoTools([...controlPlaneTools, ...tools]);
  if (reason !== undefined) console.warn(`skipped: ${reason}`);
  return reason;
}

/** A folder that is gone with `remove`. */
export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "slipway-plane-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) };
}

export function startPlane(
  folder: string,
  nodeGroups: readonly NodeGroup[] = [general],
): Promise<ControlPlane> {
  return startControlPlane({ folder, kubernetes: "1.35", nodeGroups });
}

/**
 * What `look` finds, as soon as it finds something; refusals in between are part of what is tested.
 *
 * @param describe what there was instead, for people
 */
export async function eventually<Found>(
  look: () => Promise<Found | undefined>,
  describe: () => Promise<string> = () => Promise.resolve("nothing"),
  seconds = 90,
): Promise<Found> {
  let refusal: unknown;
  for (const deadline = Date.now() + seconds * 1000; Date.now() < deadline; await sleep(100)) {
    try {
      const found = await look();
      if (found !== undefined) return found;
    } catch (error) {
      refusal = error;
    }
  }
  throw new Error(`not within ${seconds} s, but: ${await describe()}`, { cause: refusal });
}

export function deployment(name: string, replicas: number, pod: Readonly<Record<string, Json>> = {}) {
  const labels = { app: name };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: "default" },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: "web", image: "example.com/web:1" }], ...pod },
      },
    },
  } satisfies KubernetesObject;
}

/** Writes a folder of manifests; JSON is YAML. */
export function writeManifests(folder: string, objects: readonly KubernetesObject[]): void {
  for (const object of objects) {
    const path = join(folder, `${object.kind}.${object.metadata.name}.yaml`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify(object));
  }
}
