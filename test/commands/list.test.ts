import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import type { Inventory } from "../../scripts/inventory/inventory.ts";
import { tableLines } from "../../scripts/output/table.ts";
import { fleet } from "../../clusters/fleet.ts";
import { inOneProcess } from "./one-process.ts";

const slipway = inOneProcess();

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

describe("a table that is wider than the terminal", () => {
  const rows = [
    ["a", "a sentence that is rather long", "12345678901234567890"],
    ["b", "short", "1"],
  ];

  test("has its widest columns cut until it fits, and says where", () => {
    const lines = tableLines(["NAME", "WHAT", "COUNT"], rows, 44).map(stripVTControlCharacters);
    expect(lines.map(({ length }) => length <= 44)).toEqual([true, true, true]);
    expect(lines[1]).toBe("a     a sentence that i…  12345678901234567…");
    expect(lines[2]).toBe("b     short               1");
  });

  test("keeps columns that can be read, however narrow the terminal", () => {
    expect(tableLines(["NAME", "WHAT", "COUNT"], rows, 5)[1]).toBe("a     a sentence …  12345678901…");
  });

  test("keeps the names of its rows whole", () => {
    const name = "a-cluster-with-a-long-name";
    expect(tableLines(["NAME", "WHAT"], [[name, "a sentence that is rather long"]], 30)[1]).toBe(
      `${name}  a sentence …`,
    );
  });

  test("is never cut where its output is no terminal", async () => {
    const { stdout } = await slipway(["list", "clusters"], { env: { COLUMNS: "40" } });
    expect(stdout).not.toContain("…");
    for (const { name } of fleet.clusters) expect(stdout).toContain(name);
  });
});

test("an add-on that most clusters run is listed with those that do not", async () => {
  const { stdout } = await slipway(["list", "addons"]);
  expect(stdout).toMatch(new RegExp(`^metrics-server .* all ${fleet.clusters.length}$`, "m"));
  expect(stdout).toMatch(/^storage-classes .* all but local$/m);
  expect(stdout).toMatch(/^traefik .* local$/m);
});
