import { factsWith } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "an output that the cluster uses and its facts lack",
      what: "output certificateArn is missing, and clusters/garden.ts uses it",
      fix: 'add "certificateArn" to the file, or drop it from the cluster\'s outputs',
    },
    { facts: factsWith({ certificateArn: undefined }) },
  ),
  invalidGarden(
    {
      title: "an output that every cluster has, and these facts do not",
      what: "output vpcId is missing, and every EKS cluster has it",
      fix: 'add "vpcId" to the file',
    },
    { facts: factsWith({ vpcId: undefined }) },
  ),
  invalidGarden(
    {
      title: "an output that is left over",
      what: "output fileSystemId is used by nobody",
      fix: 'remove "fileSystemId", or list it among the outputs in clusters/garden.ts',
    },
    { facts: factsWith({ fileSystemId: "fs-0123456789abcdef0" }) },
  ),
];
