import { defineFleet } from "#synth";
import { releaseText } from "../../synth/release/release-text.ts";
import { sliceDigest } from "../../synth/release/slice-files.ts";
import type { Dist } from "../../synth/release/slice-files.ts";
import { renderRelease } from "../../synth/render-release.ts";
import { synthesizeCluster } from "../../synth/synthesize.ts";
import { garden } from "./garden.ts";
import type { Garden } from "./garden.ts";
import type { Found } from "./invalid.ts";

const subject = { of: "app", name: "shop", step: "staging" } as const;
const images = { web: `sha256:${"1".repeat(64)}` } as const;

/** The garden with its app frozen in staging, and dist as its release left it. */
export function frozenGarden(wish: Garden = {}) {
  const { fleet, cluster, inputs } = garden({ environment: "staging", ...wish });
  const { rendered } = renderRelease(fleet, inputs, subject, images);
  const files = rendered.slices[cluster.name] ?? [];
  const release = {
    images,
    frozen: {
      revision: "1234567890abcdef1234567890abcdef12345678",
      charts: {},
      slices: { [cluster.name]: sliceDigest(files) },
      kind: "promote",
      from: "dev",
      who: "Ada <ada@example.com>",
      when: "2026-11-27T21:00:00Z",
      why: "the season starts",
    },
  } as const;
  const dist: Dist = new Map(files.map(({ path, content }) => [path, content]));
  return {
    fleet: defineFleet(fleet),
    cluster,
    dist,
    release,
    text: releaseText(release),
    facts: inputs.facts,
  };
}

/** What is found where dist or the release's file is changed by hand. */
export function changedByHand(
  change: (frozen: ReturnType<typeof frozenGarden>) => {
    readonly dist?: Dist;
    readonly text?: string | undefined;
  },
): Found {
  const frozen = frozenGarden();
  const { fleet, cluster, facts } = frozen;
  const { dist = frozen.dist, text } = { text: frozen.text, ...change(frozen) };
  const releases = new Map(text === undefined ? [] : [["shop/staging", text]]);
  const { problems, rendered } = synthesizeCluster(fleet, cluster, { facts, releases, dist });
  return { problems, rendered };
}
