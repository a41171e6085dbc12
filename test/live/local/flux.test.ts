import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { freePorts } from "../../../scripts/process/free-ports.ts";
import { copyRepository } from "../../commands/slipway.ts";
import { eventually, skipReason } from "../control-plane/plane.ts";
import { fetchHost, startUp } from "./running-up.ts";

const skipped = skipReason("kustomize-controller", "source-controller", "helm");

/** What differs with the other reconciler is how a change is taken up, and how it is told to be there. */
describe.skipIf(skipped !== undefined)("slipway up with Flux", { timeout: 1_000_000 }, () => {
  const copy = copyRepository();
  afterAll(async () => {
    await copy.slipway("down", "local");
  });

  test("takes up a saved definition within seconds, and refuses to change the reconciler under way", async () => {
    const definition = "clusters/local.ts";
    copy.edit(definition, 'Reconciler = "argocd"', 'Reconciler = "flux"');
    const [port = 0] = await freePorts(1);
    const up = startUp(copy.root, "--provider", "embedded", "--port", String(port), "--rm");
    console.log(`up from nothing, with Flux: ${(await up.says(/^watching apps/m)).toFixed(1)} s`);
    expect(await fetchHost("factory.localhost", port, "/")).toMatchObject({ status: 200 });

    const settled = up.says(/synced and healthy, /);
    copy.edit(definition, '"factory.localhost"', '"works.localhost"');
    console.log(`saved to healthy, with Flux: ${(await settled).toFixed(1)} s`);
    await eventually(async () => {
      const { status } = await fetchHost("works.localhost", port, "/");
      return status === 200 ? true : undefined;
    });

    const refused = up.says(/local keeps what it has/);
    copy.edit(definition, 'Reconciler = "flux"', 'Reconciler = "argocd"');
    await refused;
    expect(up.output()).toContain("it is not for flux any more, which runs it here");
    expect(await fetchHost("works.localhost", port, "/")).toMatchObject({ status: 200 });

    // It takes the cluster down itself.
    expect(await up.kill("SIGINT")).toBe(0);
    expect(up.output()).toMatch(/local is down\n$/);
    expect(readdirSync(join(copy.root, ".slipway/clusters"))).toEqual([]);
  });
});
