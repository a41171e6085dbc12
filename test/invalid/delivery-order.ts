import { releaseText } from "../../synth/release/release-text.ts";
import { sliceDigest } from "../../synth/release/slice-files.ts";
import { renderRelease } from "../../synth/render-release.ts";
import { synthesizeCluster } from "../../synth/synthesize.ts";
import { frozenGarden } from "./frozen.ts";
import type { Invalid } from "./invalid.ts";

const subject = { of: "app", name: "shop", step: "staging" } as const;
const waiting = "dependsOn:\n";

/** A slice that was frozen while another one ran, which main has taken out since. */
const orphaned: Invalid = {
  title: "a frozen slice that waits for one that is gone",
  what: "shop-staging waits for greenhouse, which the cluster does not run",
  fix: "keep what it waits for; or promote a revision that does not need it, then take it out",
  object: "Kustomization/flux-system/shop-staging spec.dependsOn",
  found: () => {
    const { fleet, cluster: argocd, release, facts } = frozenGarden();
    const cluster = { ...argocd, reconciler: "flux" } as const;
    const inputs = { facts, releases: new Map<string, string>() };
    const fluxFleet = { ...fleet, clusters: [cluster] };
    const { rendered } = renderRelease(fluxFleet, inputs, subject, release.images);
    const files = (rendered.slices[cluster.name] ?? []).map(({ path, content }) => ({
      path,
      content: path.includes("/Kustomization.")
        ? content.replace(waiting, () => `${waiting}    - name: greenhouse\n`)
        : content,
    }));
    const frozen = { ...release.frozen, slices: { [cluster.name]: sliceDigest(files) } };
    const { problems, rendered: result } = synthesizeCluster(fluxFleet, cluster, {
      facts,
      releases: new Map([["shop/staging", releaseText({ images: release.images, frozen })]]),
      dist: new Map(files.map(({ path, content }) => [path, content])),
    });
    return { problems, rendered: result };
  },
};

export default [orphaned];
