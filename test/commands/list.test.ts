import { expect, test } from "vitest";
import type { Inventory } from "../../scripts/inventory/inventory.ts";
import { fleet } from "../../clusters/fleet.ts";
import { slipway } from "./slipway.ts";

const listed = async (...args: readonly string[]): Promise<Inventory> =>
  JSON.parse((await slipway(["list", "--json", ...args])).stdout);

const everything = await listed();

test("every cluster is listed with what AWS, its nodes and its reconciler are", async () => {
  expect(everything.clusters.map(({ name }) => name)).toEqual(
    fleet.clusters.map(({ name }) => name).toSorted(),
  );
  for (const cluster of fleet.clusters) {
    expect(everything.clusters.find(({ name }) => name === cluster.name)).toMatchObject({
      definition: `clusters/${cluster.name}.ts`,
      provider: cluster.provider,
      region: cluster.provider === "eks" ? cluster.region : null,
      account: cluster.provider === "eks" ? cluster.account : null,
      kubernetes: cluster.kubernetes,
      reconciler: cluster.reconciler,
      nodeGroups: cluster.nodeGroups.map(({ name, min, max }) => ({ name, min, max })),
    });
  }
});

test("a cluster and its add-ons name each other", async () => {
  for (const { name, addons } of everything.clusters) {
    const running = everything.addons.filter(({ clusters }) => clusters.includes(name));
    expect(addons.toSorted()).toEqual(running.map((addon) => addon.name));
  }
});

test("a placement is listed with its images as its containers name them", async () => {
  for (const placement of fleet.clusters.flatMap(({ placements }) => placements)) {
    const match = everything.placements.find(
      ({ app, environment }) => app === placement.app && environment === placement.environment,
    );
    expect(Object.keys(match?.images ?? {})).toEqual(Object.keys(placement.images));
    for (const reference of Object.values(match?.images ?? {})) expect(reference).toMatch(/[:@]/);
  }
});

test("one subject and one cluster leave out everything else", async () => {
  const local = await listed("addons", "--cluster", "local");
  expect(Object.keys(local)).toEqual(["addons"]);
  expect(local.addons.every(({ clusters }) => clusters.join() === "local")).toBe(true);
  expect(local.addons.map(({ name }) => name)).toContain("traefik");
  expect(local.addons.map(({ name }) => name)).not.toContain("aws-load-balancer-controller");
});

test("tables are for people: a head, and a line for each", async () => {
  const lines = (await slipway(["list", "clusters"])).stdout.trimEnd().split("\n");
  expect(lines[0]).toMatch(
    /^CLUSTER +PROVIDER +REGION +ACCOUNT +KUBERNETES +RECONCILER +NODE GROUPS +ADD-ONS +PLACEMENTS$/,
  );
  expect(lines).toHaveLength(fleet.clusters.length + 1);
});

test("an add-on that most clusters run is listed with those that do not", async () => {
  const { stdout } = await slipway(["list", "addons"]);
  expect(stdout).toMatch(new RegExp(`^metrics-server .* all ${fleet.clusters.length}$`, "m"));
  expect(stdout).toMatch(/^storage-classes .* all but local$/m);
  expect(stdout).toMatch(/^traefik .* local$/m);
});
