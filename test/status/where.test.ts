import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { whereIs } from "../../scripts/status/where.ts";
import { readTree } from "../../scripts/tree/tree.ts";
import { DistTree } from "../../synth/changes/dist-tree.ts";
import { repository, slipway } from "../commands/slipway.ts";

const tree = new DistTree(readTree(join(repository, "dist")));
const where = (what: string) => whereIs(tree, what);

describe("slipway where", () => {
  test("finds an image by name and part of its version", () => {
    const found = where("postgres:17");
    expect(found.map(({ object, cluster, environment }) => `${object} ${cluster} ${environment}`)).toContain(
      "StatefulSet postgres attractor-factory prod",
    );
    expect(found.every(({ runs }) => runs?.startsWith("library/postgres:17."))).toBe(true);
  });

  test("finds an image by the start of its digest", () => {
    const [first] = where("postgres:17");
    const digest = /@(sha256:[0-9a-f]{12})/.exec(first?.runs ?? "")?.[1] ?? "";
    expect(where(digest)).toEqual(where("postgres:17"));
  });

  test.each(["keda@2.20", "KEDA 2.20.2", "2.20.2"])("finds a chart as %s", (what) => {
    expect(where(what)).toMatchObject([{ cluster: "content-studio", owner: "keda", runs: "keda@2.20.2" }]);
  });

  test("finds charts of clusters that Flux reconciles", () => {
    const clusters = where("fluent-bit@").map(({ cluster }) => cluster);
    expect(clusters.toSorted()).toEqual(["conversation-dev", "conversation-prod", "conversation-staging"]);
  });

  test("finds an object by kind and name, in every cluster", () => {
    const found = where("deployment/factory-api");
    expect(found.map(({ namespace }) => namespace).toSorted()).toEqual([
      "factory-system",
      "factory-system",
      "factory-system-dev",
      "factory-system-staging",
    ]);
  });

  test("says that nobody runs it", async () => {
    const { status, stdout } = await slipway(["where", "log4j:2.14"]);
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: "nothing in dist runs log4j:2.14, and no object has that name\n",
    });
  });
});
