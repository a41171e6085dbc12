import { expect, test } from "vitest";
import { ownershipLine } from "../../synth/model/ownership.ts";
import { sliceFiles } from "../../synth/release/slice-files.ts";

test("what is the cluster's own is in no slice, also of a placement that is called like the cluster", () => {
  const name = "shop-prod";
  const dist = new Map([
    [`${name}/bootstrap/Application.slipway.yaml`, ownershipLine(name, `clusters/${name}.ts`)],
    [`${name}/applications/${name}/Service.web.yaml`, ownershipLine(name, "apps/shop/app.ts")],
    [`${name}/reconciler/Application.${name}.yaml`, ownershipLine(name, "apps/shop/app.ts")],
  ]);
  expect(sliceFiles(dist, name, name).map(({ path }) => path)).toEqual([
    `${name}/applications/${name}/Service.web.yaml`,
    `${name}/reconciler/Application.${name}.yaml`,
  ]);
});
