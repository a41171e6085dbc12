import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ControlPlane } from "../../../scripts/control-plane/control-plane.ts";
import { runStandIn } from "../../../scripts/stand-ins/run.ts";
import type { Running } from "../../../scripts/stand-ins/run.ts";
import { nodeAutoscaler } from "../../../scripts/stand-ins/controllers/node-scaling.ts";
import type { NodeGroup } from "../../../synth/model/node-group.ts";
import { list, text } from "../../../synth/objects/json-fields.ts";
import { deployment, eventually, skipReason, startPlane, temporaryFolder } from "../control-plane/plane.ts";

/** Two pods of three CPUs do not share a machine of either. */
const plenty: NodeGroup = {
  name: "plenty",
  instanceTypes: ["m6i.xlarge"],
  min: 1,
  max: 3,
  capacity: "on-demand",
};
const reserved: NodeGroup = {
  ...plenty,
  name: "reserved",
  taints: [{ key: "slipway.dev/node-group", value: "reserved", effect: "NoSchedule" }],
};
const nodeGroups = [reserved, plenty];

const folder = temporaryFolder();
let plane: ControlPlane;
let running: Running;

const large = (name: string, replicas: number) => {
  const resources = { requests: { cpu: "3" } };
  return deployment(name, replicas, {
    containers: [{ name: "web", image: "example.com/web:1", resources }],
  });
};

async function nodes(): Promise<readonly string[]> {
  const all = await plane.client.list({ apiVersion: "v1", kind: "Node" });
  return all.map(({ metadata }) => metadata.name).toSorted();
}

/** How many pods of an app run, and how many were looked at in vain. */
async function counts(app: string) {
  const labelSelector = `app=${app}`;
  const pods = await plane.client.list({ apiVersion: "v1", kind: "Pod", labelSelector });
  const refused = pods.filter((pod) =>
    list(pod, "status", "conditions").some((each) => text(each, "reason") === "Unschedulable"),
  );
  return {
    placed: pods.filter((pod) => text(pod, "spec", "nodeName") !== undefined).length,
    refused: refused.length,
  };
}

const countsAre = (app: string, placed: number, refused: number) =>
  eventually(
    async () => {
      const now = await counts(app);
      return now.placed === placed && now.refused === refused ? true : undefined;
    },
    async () => JSON.stringify(await counts(app)),
    40,
  );

describe.skipIf(skipReason() !== undefined)("what stands in for the cluster autoscaler", () => {
  beforeAll(async () => {
    plane = await startPlane(folder.path, nodeGroups);
    const scale = (group: string, count: number) => plane.scaleNodeGroup(group, count);
    running = runStandIn(nodeAutoscaler({ nodeGroups, scale }), plane.client, () => undefined);
  });
  afterAll(async () => {
    await running.stop();
    await plane.stop();
    folder.remove();
  });

  test("adds a node for a pod that finds no room, to a group that may take it", async () => {
    await plane.client.apply(large("web", 2));
    await countsAre("web", 2, 0);
    expect(await nodes()).toEqual(["plenty-1", "plenty-2", "reserved-1"]);
  });

  test("adds none beyond the most of a group, and none for what a node does not help", async () => {
    const elsewhere = { nodeSelector: { "topology.kubernetes.io/zone": "nowhere" } };
    await plane.client.apply(deployment("lost", 1, elsewhere));
    await plane.client.apply(large("web", 5));
    await countsAre("web", 3, 2);
    await countsAre("lost", 0, 1);
    expect(await nodes()).toEqual(["plenty-1", "plenty-2", "plenty-3", "reserved-1"]);
  });
});
