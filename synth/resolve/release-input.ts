import * as v from "valibot";
import type { Digest } from "../model/names.ts";
import { addonReleasePath, releasePath } from "../model/paths.ts";
import { reasonLine, releaseKinds } from "../model/release.ts";
import type { Freeze, Release } from "../model/release.ts";
import { jsonExample, parseJson, pattern } from "./input-json.ts";
import { sealOf } from "../release/seal.ts";
import type { Outcome } from "./input-json.ts";

const pin = pattern<Release["images"][string]>(
  /^(sha256:[0-9a-f]{64}|(?:0|[1-9]\d{0,8})(?:\.(?:0|[1-9]\d{0,8})){2}|local)$/,
  'a digest (sha256:…), a version tag of an immutable repository (1.2.3), or "local"',
);
const digest = pattern<Digest>(/^sha256:[0-9a-f]{64}$/, "a digest (sha256:…)");
const line = pattern<string>(reasonLine.pattern, reasonLine.text);

const following: v.GenericSchema<unknown, Release> = v.strictObject({ images: v.record(v.string(), pin) });

const frozen: v.GenericSchema<unknown, Release> = v.pipe(
  v.strictObject({
    version: v.literal(1),
    revision: pattern<string>(/^[0-9a-f]{40}$/, "the full name of a commit (40 hexadecimal digits)"),
    images: v.optional(v.record(v.string(), pin), {}),
    charts: v.optional(v.record(v.string(), line), {}),
    slices: v.record(v.string(), digest),
    facts: v.exactOptional(
      v.record(
        v.string(),
        pattern<string>(/^[0-9a-f]{40}$/, "git's name of a content (40 hexadecimal digits)"),
      ),
    ),
    kind: v.picklist(releaseKinds),
    from: v.exactOptional(line),
    who: line,
    when: pattern<string>(
      /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/,
      "a UTC time to the second (2026-11-27T21:00:00Z)",
    ),
    why: line,
    seal: digest,
  }),
  v.transform(({ version: _version, images, seal, ...frozen }) => ({ images, frozen, seal })),
  v.check(
    (release) => sealOf(release) === release.seal,
    "was edited by hand, or merged line by line: its seal does not fit",
  ),
  v.transform(({ images, frozen }): Release => ({ images, frozen })),
);

/** The form is told by what is there, so that each problem is about one form and not about both. */
const release: v.GenericSchema<unknown, Release> = v.lazy((input) =>
  typeof input === "object" && input !== null && ("revision" in input || "version" in input)
    ? frozen
    : following,
);

/** @param images names of the app's images, for the message where there is no file */
export function parseRelease(
  app: string,
  environment: string,
  text: string | undefined,
  images: readonly string[] = [],
): Outcome<Release> {
  const pins = jsonExample(images.map((name) => [name, '"1.2.3"']));
  return parseJson(release, releasePath(app, environment), text, jsonExample([["images", pins]]));
}

/** The release of an add-on in a group of clusters: always frozen. */
export function parseAddonRelease(
  addon: string,
  group: string,
  text: string,
): Outcome<Release & { frozen: Freeze }> {
  const path = addonReleasePath(addon, group);
  const parsed = parseJson(frozen, path, text, "{}");
  if ("problems" in parsed) return parsed;
  const { images, frozen: freeze } = parsed.value;
  if (freeze !== undefined) return { value: { images, frozen: freeze } };
  throw new TypeError(`${path} is parsed as frozen and is not`);
}
