import { text } from "../objects/json-fields.ts";
import { objectProblem } from "./check.ts";
import type { Check, RenderedCluster } from "./check.ts";
import { indexOf } from "./index-objects.ts";

/** Every image is the same one tomorrow. */
export const imagePinned: Check = {
  id: "image-pinned",
  *run(input) {
    const index = indexOf(input);
    for (const template of index.templates.filter(({ source }) => index.isOwn(source))) {
      for (const { name, spec, path } of template.containers) {
        const image = text(spec, "image") ?? "";
        const fault = unpinned(input, image);
        if (fault === undefined) continue;
        yield objectProblem(
          imagePinned.id,
          input,
          template.source,
          `container ${name} runs ${image || "no image"}, which ${fault.what}`,
          fault.fix,
          `${path}.image`,
        );
      }
    }
  },
};

/** Why a reference may mean another image tomorrow; undefined if it may not. */
function unpinned(input: RenderedCluster, image: string): { what: string; fix: string } | undefined {
  const byDigest = "pin it by digest: <image>:<tag>@sha256:…";
  if (/@sha256:[0-9a-f]{64}$/.test(image)) return undefined;
  if (image.includes("@")) return { what: "has a digest that is none", fix: byDigest };
  const { view } = input.cluster;
  const name = image.slice(image.lastIndexOf("/") + 1);
  const tag = name.includes(":") ? name.slice(name.indexOf(":") + 1) : undefined;
  const own = view.provider === "eks" && image.startsWith(`${view.account}.dkr.ecr.`);
  if (tag === undefined || tag === "latest") {
    const what = tag === undefined ? "has no tag" : "is whatever was pushed last";
    return { what, fix: own ? "pin a version tag or a digest in the app's release" : byDigest };
  }
  if (tag === "local") {
    return view.provider === "eks"
      ? { what: "exists on a developer's machine only", fix: "pin a version tag or a digest in the release" }
      : undefined;
  }
  // Our own repositories refuse to overwrite a tag; public ones do not.
  return own ? undefined : { what: "has a tag that its publisher may move", fix: byDigest };
}
