import * as v from "valibot";
import type { RenderedRelease } from "../../synth/render-release.ts";
import type { Release } from "../../synth/model/release.ts";

/** Pins by image, as `slipway render --images` takes them. */
export const imagesSchema: v.GenericSchema<unknown, Release["images"]> = v.record(
  v.string(),
  v.custom<Release["images"][string]>(
    (value) => typeof value === "string" && /^(?:sha256:[0-9a-f]{64}|\d+\.\d+\.\d+|local)$/.test(value),
    "is no pin",
  ),
);

/**
 * What `slipway render` prints. The one who reads it may be newer than the one who prints it: fields are only ever added,
 * and what cannot be read any longer gets another number.
 */
export const renderedSchema: v.GenericSchema<unknown, RenderedRelease & { readonly format: 1 }> = v.object({
  format: v.literal(1),
  slices: v.record(v.string(), v.array(v.object({ path: v.string(), content: v.string() }))),
  charts: v.record(v.string(), v.string()),
});
