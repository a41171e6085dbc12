import { expect, test } from "vitest";
import { indexOf } from "../../synth/checks/index-objects.ts";
import { podCount } from "../../synth/checks/replicas.ts";
import { prompt2meshNonprod } from "../platform/rendered-mesh.ts";

test("a blue-green rollout counts twice at its most, since old and new pods run side by side, and once at its least", () => {
  const index = indexOf(prompt2meshNonprod.rendered);
  const backend = index.templatesIn("prompt2mesh-staging").find(({ name }) => name === "backend");
  if (backend === undefined) throw new Error("staging has no backend");
  // Its autoscaler has 2 to 3.
  expect(podCount(index, backend)).toEqual({ min: 2, max: 6 });
});
