import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Fleet } from "#synth";
import { whyNoTools } from "../../../scripts/tools/find.ts";
import { readTree } from "../../../scripts/tree/tree.ts";
import { settle } from "../../../scripts/verify/settle.ts";
import { startSite } from "../../../scripts/verify/start-site.ts";
import type { StartedSite } from "../../../scripts/verify/start-site.ts";
import { field, text } from "../../../synth/objects/json-fields.ts";
import { build } from "../../promotion/fleet-source.ts";
import { repositories } from "../../promotion/repository.ts";
import type { Clone, Repositories } from "../../promotion/repository.ts";
import { neededTools } from "../verify/needed-tools.ts";

const missing = whyNoTools(neededTools);
if (missing !== undefined) console.warn(`skipped story.test.ts: ${missing}`);

const minutes = 60_000;

/** A day of a small fleet: everything by the command line, on real remotes, with a cluster of each reconciler following. */
describe.skipIf(missing !== undefined)("a day of releases", () => {
  let repos: Repositories;
  let main: Clone;
  const sites = new Map<string, StartedSite>();

  const dist = () => readTree(join(main.root, "dist"));

  beforeAll(async () => {
    repos = await repositories();
    main = repos.main;
    const loaded: { fleet: Fleet } = await import(pathToFileURL(join(main.root, "clusters/fleet.ts")).href);
    const files = dist();
    for (const cluster of loaded.fleet.clusters) {
      const inputs = { facts: new Map(), releases: new Map() };
      const site = await startSite({ fleet: loaded.fleet, cluster, inputs, files, say: () => undefined });
      sites.set(cluster.name, site);
      await settled(site, await site.bootstrap(files));
    }
  }, 15 * minutes);
  afterAll(async () => {
    for (const site of sites.values()) await site.stop();
    repos.remove();
  }, minutes);

  async function settled(site: StartedSite, commit: string): Promise<void> {
    // Flux takes up a slice and the rights of its account side by side, and tries again where the slice came first.
    const { problems } = await settle(site, { files: dist(), commit, test: "ready", afterTrouble: true });
    expect(problems).toEqual([]);
  }

  /** What a merge to main does: every cluster takes up its part of dist. */
  async function clustersFollow(): Promise<void> {
    for (const site of sites.values()) await settled(site, await site.publish(dist(), "main moved"));
  }

  /** The command line in the clone, which has to succeed; what it prints as JSON. */
  async function slipway(...args: readonly string[]): Promise<{ readonly branch: string }> {
    const { status, stdout, stderr } = await main.slipway(...args, "--json");
    expect({ status, stderr }, stdout).toEqual({ status: 0, stderr: "" });
    return JSON.parse(stdout);
  }

  /** What a cluster runs, as its API server tells it. */
  async function live(cluster: string, namespace: string): Promise<{ motto?: string; image?: string }> {
    const client = sites.get(cluster)?.client;
    const settings = await client?.get({ apiVersion: "v1", kind: "ConfigMap", name: "settings", namespace });
    const web = await client?.get({ apiVersion: "apps/v1", kind: "Deployment", name: "web", namespace });
    const containers = field(web, "spec", "template", "spec", "containers");
    const image = text(Array.isArray(containers) ? containers[0] : undefined, "image");
    const motto = text(settings, "data", "MOTTO");
    return { ...(motto !== undefined && { motto }), ...(image !== undefined && { image }) };
  }

  const dev = () => live("nonprod", "shop-dev");
  const staging = () => live("nonprod", "shop-staging");
  const prod = () => live("prod", "shop-prod");

  test(
    "a change lands on dev, and moves to staging and to prod by two pull requests",
    async () => {
      expect(await dev()).toMatchObject({ motto: "first" });
      for (const [from, to] of [
        ["dev", "staging"],
        ["staging", "prod"],
      ] as const) {
        const { branch } = await slipway("promote", "shop", "--from", from, "--to", to);
        main.merge(branch);
        await clustersFollow();
      }
      expect([await staging(), await prod()]).toMatchObject([{ motto: "first" }, { motto: "first" }]);

      main.edit("apps/shop/app.ts", '"first"', '"second"');
      await main.land("Say something else");
      await clustersFollow();
      expect([await dev(), await staging()]).toMatchObject([{ motto: "second" }, { motto: "first" }]);
    },
    15 * minutes,
  );

  test(
    "a bad change is stopped by a gate, and passes once it is waived",
    async () => {
      main.git("switch", "--quiet", "--create", "no-greeter");
      main.edit("platform/greeter.ts", "wanted: () => true", "wanted: () => false");
      expect((await main.slipway("synth")).status).toBe(0);
      main.git("add", "--all");
      main.git("commit", "--quiet", "--message", "Stop greeting");
      const refused = await main.slipway("gate", "--base", "origin/main", "--json");
      expect(refused.status).toBe(1);
      const verdict: { refused: readonly { rule: string; at: { object: string; cluster: string } }[] } =
        JSON.parse(refused.stdout);
      expect(verdict.refused.map(({ at }) => at.object)).toContain("Namespace/greeter");

      const today = new Date().toISOString().slice(0, 10);
      for (const [index, { rule, at }] of verdict.refused.entries()) {
        const waiver = {
          rule,
          object: at.object,
          clusters: [at.cluster],
          reason: "nobody is greeted any more",
        };
        main.write(
          `clusters/waivers/no-greeter-${index}.json`,
          `${JSON.stringify({ ...waiver, who: "Ada", expires: today })}\n`,
        );
      }
      expect(await main.slipway("gate", "--base", "origin/main")).toMatchObject({ status: 0, stderr: "" });
      main.git("add", "--all");
      main.git("commit", "--quiet", "--message", "Waive what stops it");
      main.git("push", "--quiet", "origin", "no-greeter");
      main.merge("no-greeter");
      await clustersFollow();
      const [site] = sites.values();
      const greeting = { apiVersion: "v1", kind: "ConfigMap", name: "greeting", namespace: "greeter" };
      expect(await site?.client.get(greeting)).toBeUndefined();
    },
    15 * minutes,
  );

  test(
    "what nobody understands is rolled back, and what cannot wait is fixed past the others",
    async () => {
      for (const [from, to] of [
        ["dev", "staging"],
        ["staging", "prod"],
      ] as const) {
        main.merge((await slipway("promote", "shop", "--from", from, "--to", to)).branch);
      }
      await clustersFollow();
      expect(await prod()).toMatchObject({ motto: "second" });

      main.merge((await slipway("rollback", "shop", "prod", "--why", "nobody understood it")).branch);
      await clustersFollow();
      expect(await prod()).toMatchObject({ motto: "first" });

      main.merge(
        (await slipway("hotfix", "shop", "prod", "--image", `web@${build(7)}`, "--why", "it leaks")).branch,
      );
      await clustersFollow();
      expect(await prod()).toMatchObject({ motto: "first", image: expect.stringContaining(build(7)) });
      expect((await main.slipway("synth", "--check")).status).toBe(0);
    },
    15 * minutes,
  );
});
