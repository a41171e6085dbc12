import { changedByHand } from "./frozen.ts";
import { unusedInputs } from "../../synth/resolve/unused-inputs.ts";
import { factsWith, garden } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";
import type { Invalid } from "./invalid.ts";

function withFile(known: ReadonlyMap<string, string>, name: string | undefined): ReadonlyMap<string, string> {
  return name === undefined ? known : new Map([...known, [name, "{}"]]);
}

/** A file that is there beside those that are used. */
function stray(
  expected: Omit<Invalid, "found">,
  extra: Partial<Record<"facts" | "releases", string>>,
): Invalid {
  const { fleet, inputs } = garden({});
  return {
    ...expected,
    found: () => ({
      problems: unusedInputs(fleet, {
        facts: withFile(inputs.facts, extra.facts),
        releases: withFile(inputs.releases, extra.releases),
      }),
    }),
  };
}

export default [
  invalidGarden(
    {
      title: "a release that is not there",
      what: "the file is missing",
      fix: 'create apps/shop/releases/dev.json with { "images": { "web": "1.2.3" } }',
    },
    { release: null },
  ),
  invalidGarden(
    {
      title: "facts that are not there",
      what: "the file is missing",
      fix: 'create clusters/facts/garden.json with { "vpcId": "vpc-…", "oidcIssuer": "oidc.eks.<region>.amazonaws.com/id/…", "certificateArn": "arn:aws:acm:…", "roles": {} }',
    },
    { facts: null },
  ),
  invalidGarden(
    {
      title: "facts with merge conflict markers",
      what: "it is not JSON: Unexpected token '<', \"<<<<<<< HEAD\" is not valid JSON",
      fix: "correct it; if a merge left conflict markers, take one side",
    },
    { facts: "<<<<<<< HEAD" },
  ),
  invalidGarden(
    {
      title: "a field that no release has",
      what: "unknown field image",
      fix: "remove it, or correct its spelling",
    },
    { release: '{ "images": { "web": "1.0.0" }, "image": {} }' },
  ),
  invalidGarden(
    {
      title: "an output of the wrong shape",
      what: 'vpcId is not a VPC id (vpc-…): "subnet-1"',
      fix: "correct it in clusters/facts/garden.json",
    },
    { facts: factsWith({ vpcId: "subnet-1" }) },
  ),
  stray(
    {
      title: "facts of a cluster that does not exist",
      what: "nobody uses it: clusters/fleet.ts has no cluster gardn",
      fix: "did you mean clusters/facts/garden.json? Otherwise remove it, or list the cluster in clusters/fleet.ts",
    },
    { facts: "gardn" },
  ),
  stray(
    {
      title: "a release of an environment that does not exist",
      what: "nobody uses it: there is no environment prd",
      fix: "did you mean apps/shop/releases/prod.json? Otherwise remove it; environments are local, dev, staging, prod",
    },
    { releases: "shop/prd" },
  ),
  {
    title: "a frozen release whose image was changed by hand",
    what: "the file was edited by hand, or merged line by line: its seal does not fit",
    fix: "git restore it, or take one side of a merge whole; releases change by promote, rollback and hotfix",
    found: () =>
      changedByHand(({ text }) => ({ text: text.replace(/"web": "sha256:1/, '"web": "sha256:2') })),
  },
];
