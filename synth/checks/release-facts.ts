import type { AwsOutput } from "../model/facts.ts";
import type { Slice } from "../resolve/slice.ts";
import { sliceProblem } from "./check.ts";
import type { Check } from "./check.ts";

/** How each fact looks in a manifest. A zone's id is left out: other words look like it. */
const looks: Readonly<Record<Exclude<AwsOutput, "hostedZoneId">, RegExp>> = {
  vpcId: /\bvpc-[0-9a-f]{8,17}\b/g,
  oidcIssuer: /\boidc\.eks\.[a-z0-9-]+\.amazonaws\.com\/id\/\w+/g,
  certificateArn: /\barn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+/g,
  fileSystemId: /\bfs-[0-9a-f]{8,17}\b/g,
  webAclArn: /\barn:aws:wafv2:[a-z0-9-]+:\d{12}:regional\/webacl\/[\w-]+\/[\w-]+/g,
};

/** What a frozen slice says of its cluster's AWS is what the facts say: it was true when it was frozen, and may be so no longer. */
export const releaseFacts: Check = {
  id: "release-facts",
  *run(input) {
    const { view } = input.cluster;
    if (view.provider !== "eks") return;
    const outputs: Readonly<Record<string, string | undefined>> = view.outputs;
    for (const { slice } of input.slices) {
      for (const [fact, value] of Object.entries(looks)) {
        const now = outputs[fact];
        const stale = now === undefined ? [] : named(slice, value).filter((each) => each !== now);
        for (const each of stale) {
          yield sliceProblem(
            releaseFacts.id,
            input,
            slice,
            `it is frozen with ${fact} ${each}, and the cluster's facts say ${now}`,
            `npm run slipway -- release refresh-facts ${view.name}`,
          );
        }
      }
    }
  },
};

function named({ frozen }: Slice, look: RegExp): readonly string[] {
  return [...new Set((frozen?.files ?? []).flatMap(({ content }) => content.match(look) ?? []))];
}
