import { workers } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "an account that is a number, and not an id",
      what: "account -1e5 is not twelve digits",
      fix: "write the whole id, leading zeros too",
    },
    { account: "-1e5" },
  ),
  invalidGarden(
    {
      title: "a region that does not exist",
      what: "region us--1 is not an AWS region",
      fix: "write its code, such as us-west-2",
    },
    { region: "us--1" },
  ),
  invalidGarden(
    {
      title: "a node group with more nodes at least than at most",
      what: "node group workers has from 4 to 2 nodes",
      fix: "write whole numbers, the smaller one first",
    },
    { nodeGroups: [{ ...workers, min: 4, max: 2 }] },
  ),
  invalidGarden(
    {
      title: "a node group in a zone of another region",
      what: "node group workers is in zone us-east-1a, outside us-west-2",
      fix: "name zones of the region",
    },
    { nodeGroups: [{ ...workers, zones: ["us-east-1a"] }] },
  ),
  invalidGarden(
    {
      title: "two node groups of one name",
      what: "there are two node groups named workers",
      fix: "give each a name of its own",
    },
    { nodeGroups: [workers, workers] },
  ),
];
