import { factsWith } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "a release that is not there",
      what: "the file is missing",
      fix: "create apps/shop/releases/dev.json",
    },
    { release: null },
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
];
