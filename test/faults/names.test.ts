import { cpSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readTree } from "../../scripts/tree/tree.ts";
import type { Problem } from "../../synth/model/problem.ts";
import { copyRepository } from "../commands/slipway.ts";
import type { Outcome } from "../commands/slipway.ts";
import { hostileKinds, hostileNames } from "./hostile-fleet.ts";

const copy = copyRepository();
const dist = join(copy.root, "dist");
const fleet = copy.read("clusters/fleet.ts");
const before = { dist: readTree(dist), root: readdirSync(copy.root) };

let outcome: Outcome = { status: null, stdout: "", stderr: "" };
let problems: readonly Problem[] = [];
/** About a name, whatever else may be wrong where it is used. */
const about = (cluster: string): readonly Problem[] =>
  problems.filter(({ at, rule }) => at.cluster === cluster && (rule === "names" || rule === "schema"));

beforeAll(async () => {
  cpSync(join(import.meta.dirname, "hostile-fleet.ts"), join(copy.root, "clusters/fleet.ts"));
  mkdirSync(join(copy.root, "apps/shop/releases"), { recursive: true });
  copy.write("apps/shop/releases/local.json", '{ "images": {} }\n');
  outcome = await copy.slipway("synth", "--json");
  problems = outcome.status === 1 ? JSON.parse(outcome.stdout).problems : [];
}, 30_000);

describe("a name that nobody should give", () => {
  test("ends in problems, not in a stack trace", () => {
    expect({ status: outcome.status, stderr: outcome.stderr }).toEqual({ status: 1, stderr: "" });
    expect(about("right")).toEqual([]);
    expect(problems.filter(({ fix, at }) => fix === "" || at.definition === "")).toEqual([]);
  });

  test.each(hostileNames.map((name) => [JSON.stringify(name).slice(0, 40), name]))(
    "is refused as a cluster's: %s",
    (_shown, name) => {
      expect(about(name)).toContainEqual(
        expect.objectContaining({ rule: "names", what: expect.stringContaining(JSON.stringify(name)) }),
      );
    },
  );

  test.each(hostileKinds)("is refused wherever it is the %s's", (kind) => {
    const accepted = hostileNames.filter(
      (_name, index) => about(`${kind.toLowerCase()}-${index}`).length === 0,
    );
    expect(accepted).toEqual([]);
  });

  test("is refused as an add-on's, and as that of its namespace", () => {
    const told = problems.filter(({ at }) => at.cluster === "addons");
    const owners = told.filter(({ rule, what }) => rule === "names" && what.startsWith("owner "));
    expect(owners).toHaveLength(hostileNames.length);
    const namespaces = told.filter(({ at }) => at.object?.startsWith("Namespace/"));
    expect(namespaces.length).toBeGreaterThanOrEqual(hostileNames.length);
  });

  test("writes nothing, neither in dist nor beside it", () => {
    expect(readTree(dist)).toEqual(before.dist);
    const made = readdirSync(copy.root).filter((name) => !before.root.includes(name) && name !== ".slipway");
    expect(made).toEqual([]);
  });

  test("does not act on the terminal that it is printed to", async () => {
    const { status, stderr } = await copy.slipway("synth");
    expect(status).toBe(1);
    expect(stderr).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    expect(stderr).not.toMatch(/^ +at /m);
  });
});

test("a cluster that no Windows could check out is refused when nothing else is wrong", async () => {
  copy.write("clusters/fleet.ts", fleet);
  copy.edit("clusters/local.ts", 'name: "local",\n  provider', 'name: "con",\n  provider');
  const { status, stderr } = await copy.slipway("synth");
  expect(status).toBe(1);
  expect(stderr).toContain("which has a segment that is a device on Windows");
  expect(readTree(dist)).toEqual(before.dist);
});
