import { readFileSync } from "node:fs";
import { expect } from "vitest";
import type { Permissions } from "#synth";
import { fleet } from "../../clusters/fleet.ts";
import { renderSlice } from "../../synth/render/render.ts";
import { resolveCluster } from "../../synth/resolve/resolve.ts";
import type { Slice } from "../../synth/resolve/slice.ts";
import { schemaSet } from "../../synth/schemas/schema-set.ts";

/** Slices of a cluster's add-ons; apps are left out, because their releases are another test's matter. */
export function slicesOf(name: string): ReadonlyMap<string, Slice> {
  const cluster = fleet.clusters.find((candidate) => candidate.name === name);
  if (cluster === undefined) throw new Error(`no cluster ${name}`);
  const facts = new Map<string, string>();
  if (cluster.provider === "eks") facts.set(name, readFileSync(`clusters/facts/${name}.json`, "utf8"));
  const { resolved } = resolveCluster(fleet, { ...cluster, placements: [] }, { facts, releases: new Map() });
  return new Map(resolved?.order.map((slice) => [slice.owner, slice]));
}

export function slice(cluster: string, owner: string): Slice {
  const found = slicesOf(cluster).get(owner);
  if (found === undefined) throw new Error(`${cluster} does not run ${owner}`);
  return found;
}

export function objects(cluster: string, owner: string) {
  const { rendered, problems } = renderSlice(slice(cluster, owner), schemaSet("1.35"), false);
  expect(problems).toEqual([]);
  return rendered.objects.map(({ object }) => object);
}

export const values = (cluster: string, owner: string) => slice(cluster, owner).chart?.values;

export function statements(cluster: string, owner: string, account: string) {
  const permissions: Permissions | undefined = slice(cluster, owner).permissions[account];
  return permissions?.statements ?? [];
}

export const eksClusters = fleet.clusters
  .filter(({ provider }) => provider === "eks")
  .map(({ name }) => name);
