import { expect } from "vitest";
import { fleet } from "../../clusters/fleet.ts";
import { readInputs } from "../../scripts/read-inputs.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { renderSlice } from "../../synth/render/render.ts";
import { resolveCluster } from "../../synth/resolve/resolve.ts";
import type { Slice } from "../../synth/resolve/slice.ts";
import { schemaSet } from "../../synth/schemas/schema-set.ts";

const inputs = readInputs();

/** Slices of a cluster as the repository has it, in the order of their dependencies. */
export function slicesOf(name: string): ReadonlyMap<string, Slice> {
  const cluster = fleet.clusters.find((candidate) => candidate.name === name);
  if (cluster === undefined) throw new Error(`no cluster ${name}`);
  const { resolved, problems } = resolveCluster(fleet, cluster, inputs);
  if (resolved === undefined || problems.length > 0) throw new ProblemsError(problems);
  return new Map(resolved.order.map((slice) => [slice.owner, slice]));
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

export function values(cluster: string, owner: string): object {
  const { chart } = slice(cluster, owner);
  if (chart === undefined) throw new Error(`${owner} has no chart`);
  return chart.values;
}

export function statements(cluster: string, owner: string, account: string) {
  const permissions = slice(cluster, owner).permissions[account];
  if (permissions?.statements === undefined) throw new Error(`${owner} gives ${account} no permissions`);
  return permissions.statements;
}

export const eksClusters = fleet.clusters
  .filter(({ provider }) => provider === "eks")
  .map(({ name }) => name);
