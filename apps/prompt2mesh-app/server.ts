import { blueGreen, deployment } from "#synth";
import type { Component, Stage } from "#synth";
import type { MeshContext } from "./parameters.ts";

/** Pods that serve users: blue-green where the cluster can, else replaced one by one. */
export function server<const P extends string>(
  stage: Stage,
  { capabilities }: MeshContext,
  name: string,
  spec: Parameters<typeof blueGreen<P>>[2],
): Component<P> {
  return capabilities.progressiveDelivery === undefined
    ? deployment(stage, name, spec)
    : blueGreen(stage, name, spec);
}
