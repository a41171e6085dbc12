import type { KubernetesVersion } from "../../synth/model/names.ts";
import type { NodeImage } from "./configuration.ts";

/** The kind that `scripts/tools/kind` pins, for which the images below were built. */
export const kindVersion = "v0.33.0";

/** From the notes of that release: https://github.com/kubernetes-sigs/kind/releases/tag/v0.33.0 */
export const nodeImages: Readonly<Record<KubernetesVersion, NodeImage>> = {
  "1.35": "kindest/node:v1.35.8@sha256:07b2536e30b803ed61d1677a79df6115f798ce64c80f9e22f6ed45afd09323c0",
};
