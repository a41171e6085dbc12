import * as v from "valibot";
import { expect, test } from "vitest";
import type { ClusterAccess } from "../../scripts/aws/cluster/cluster-access.ts";
import { deliveries } from "../../scripts/aws/cluster/delivery.ts";

const commit = "2456301c0ffee2456301c0ffee2456301c0ffee0";
const refuse = () => Promise.reject(new Error("only reads"));

/** A cluster that holds one object, of whatever kind it is asked for. */
const holding = (object: unknown): ClusterAccess => ({
  address: "https://127.0.0.1",
  find: async (schema) => v.parse(schema, object),
  list: refuse,
  apply: refuse,
  patch: refuse,
  helm: refuse,
});

/** As Argo CD 3 writes it: an Application of several sources has a revision for each, and none besides. */
const application = (source: object, revision: object) => ({
  spec: { project: "example", ...source },
  status: {
    sync: { status: "Synced", ...revision },
    health: { status: "Healthy" },
    operationState: { message: "successfully synced (all tasks run)" },
  },
});

test.each([
  ["of manifests alone", { source: { path: "dist/a/b" } }, { revision: commit }],
  [
    "of a chart with manifests beside it",
    { sources: [{ chart: "b" }, { path: "dist/a/b" }] },
    { revisions: ["3.5.0", commit] },
  ],
])("an Application %s is at the commit of its manifests", async (_what, source, revision) => {
  const state = await deliveries.argocd.state(holding(application(source, revision)), "b");
  expect(state).toMatchObject({ ready: true, revision: commit, path: "dist/a/b" });
});

test("an Application that Argo CD has not looked at yet is at no commit", async () => {
  const state = await deliveries.argocd.state(holding({ spec: { sources: [{ path: "dist/a/b" }] } }), "b");
  expect(state).toEqual({ ready: false, path: "dist/a/b", says: "not looked at yet" });
});
