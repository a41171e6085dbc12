import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  array,
  boolean,
  nullable,
  object,
  parse,
  picklist,
  pipe,
  regex,
  strictObject,
  string,
} from "valibot";
import type { InferOutput } from "valibot";
import { clusterFolder, readReady, siteFolder } from "../../../scripts/cluster/state.ts";
import { healths } from "../../../scripts/dashboard/model.ts";
import { livingProcesses } from "../../../scripts/process/record.ts";
import { repositories } from "../../promotion/repository.ts";
import type { Clone, Repositories } from "../../promotion/repository.ts";
import { skipReason } from "../control-plane/plane.ts";

const lacking = skipReason("argocd", "kustomize-controller", "source-controller", "helm");

/** Milliseconds for a cluster to become what dist says, on a machine that does other things as well. */
const patience = 180_000;

/** What `status --live --json` says of clusters; a field that no document names fails. */
const liveSchema = object({
  environments: array(
    object({
      app: string(),
      environment: string(),
      revision: nullable(string()),
      live: array(
        strictObject({
          cluster: string(),
          state: picklist(["present", "absent", "unreachable"]),
          sync: nullable(picklist(["synced", "out-of-sync", "syncing", "waiting", "unknown"])),
          health: nullable(picklist(healths)),
          revision: nullable(pipe(string(), regex(/^[0-9a-f]{8}$/))),
        }),
      ),
    }),
  ),
  live: array(
    strictObject({
      cluster: string(),
      reachable: boolean(),
      why: nullable(string()),
      parts: array(object({ name: string(), kind: picklist(["Application", "Kustomization"]) })),
    }),
  ),
});
type Live = InferOutput<typeof liveSchema>;

const of = ({ environments }: Live, environment: string) =>
  environments.find((each) => each.environment === environment);

describe.skipIf(lacking !== undefined)("the status of a fleet whose clusters run", () => {
  let repos: Repositories;
  let main: Clone;

  beforeAll(async () => {
    repos = await repositories();
    main = repos.main;
    for (const [from, to] of [
      ["dev", "staging"],
      ["staging", "prod"],
    ] as const) {
      const { stdout } = await main.slipway("promote", "shop", "--from", from, "--to", to, "--json");
      main.merge(parse(object({ branch: string() }), JSON.parse(stdout)).branch);
    }
    await bringUp("nonprod");
  }, patience);
  afterAll(async () => {
    for (const name of ["nonprod", "prod"]) await main.slipway("cluster", "down", name);
    repos.remove();
  }, patience);

  async function bringUp(name: string): Promise<void> {
    const { status, stderr } = await main.slipway("cluster", "up", name);
    expect(status, stderr).toBe(0);
  }

  async function seen(): Promise<{ readonly status: number | null } & Live> {
    const { status, stdout } = await main.slipway("status", "--live", "--json");
    return { status, ...parse(liveSchema, JSON.parse(stdout)) };
  }

  test(
    "joins release, sync, health and revision of Argo CD and of Flux, and ends well when all is well",
    async () => {
      const before = await seen();
      expect(before.status).toBe(2);
      expect(of(before, "prod")?.live).toMatchObject([{ cluster: "prod", state: "unreachable" }]);
      expect(before.live).toMatchObject([
        { cluster: "nonprod", reachable: true, why: null },
        { cluster: "prod", reachable: false, why: "kubectl has no context of its name" },
      ]);

      await bringUp("prod");
      await expect.poll(async () => (await seen()).status, { timeout: patience, interval: 1_000 }).toBe(0);
      const after = await seen();
      const well = { state: "present", sync: "synced", health: "healthy" };
      for (const [environment, cluster] of [
        ["dev", "nonprod"],
        ["staging", "nonprod"],
        ["prod", "prod"],
      ] as const) {
        const published = readReady(clusterFolder(main.root, cluster))?.commit.slice(0, 8);
        expect(of(after, environment)?.live).toEqual([{ cluster, ...well, revision: published }]);
      }
      const release = of(after, "prod")?.revision?.slice(0, 12);
      const { stdout } = await main.slipway("status", "--live");
      expect(stdout).toMatch(new RegExp(`^shop +prod +${release} +synced, healthy at [0-9a-f]{8} `, "m"));
      expect(stdout).toMatch(/^nonprod +\d+ parts, synced and healthy$/m);
      expect(stdout).toMatch(/^prod +\d+ parts, synced and healthy$/m);
    },
    2 * patience,
  );

  test("names a cluster whose API server hangs, and tells of the other all the same", async () => {
    const processes = livingProcesses(siteFolder(clusterFolder(main.root, "prod")));
    const server = processes.find((each) => each.name === "kube-apiserver");
    if (server === undefined) throw new Error("no API server is on record");
    process.kill(server.pid, "SIGSTOP");
    try {
      const { status, stdout } = await main.slipway("status", "--live");
      expect(status).toBe(2);
      expect(stdout).toMatch(/^shop +staging .* synced, healthy at /m);
      expect(stdout).toMatch(/^shop +prod .* not reached /m);
      expect(stdout).toMatch(/^prod +not reached: it does not answer within 15 s$/m);
    } finally {
      process.kill(server.pid, "SIGCONT");
    }
  });
});
