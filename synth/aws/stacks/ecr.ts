import { getAtt } from "../intrinsic.ts";
import { repositoriesOf } from "../repositories.ts";
import type { Repository } from "../repositories.ts";
import type { StackContent, StackInput } from "../stack.ts";
import { each, kept } from "../template.ts";
import type { Resource } from "../template.ts";

/** Images of a repository that stay, newest first; more than a release will ever go back. */
const imagesKept = 200;

/** Days after which an image that no tag names is deleted: what builds leave behind when they fail. */
const untaggedDays = 14;

/** Repositories of the images of the apps, each in one cluster of an account: where the app runs in its last environment. */
export function ecr({ view, clusters }: StackInput): StackContent | undefined {
  const repositories = repositoriesOf(clusters, view);
  if (repositories.length === 0) return undefined;
  return {
    template: {
      AWSTemplateFormatVersion: "2010-09-09",
      Description: `Image repositories of ${view.name}`,
      Resources: each(repositories, ({ id }) => `${id}Repository`, repository),
      Outputs: each(
        repositories,
        ({ id }) => `${id}RepositoryUri`,
        ({ id, name }) => ({
          Description: `Where ${name} is pushed to and pulled from`,
          Value: getAtt(`${id}Repository`, "RepositoryUri"),
        }),
      ),
    },
    parameters: {},
  };
}

function repository({ name }: Repository): Resource {
  return kept("AWS::ECR::Repository", {
    RepositoryName: name,
    ImageTagMutability: "IMMUTABLE",
    ImageScanningConfiguration: { ScanOnPush: true },
    EncryptionConfiguration: { EncryptionType: "AES256" },
    LifecyclePolicy: { LifecyclePolicyText: lifecyclePolicy },
  });
}

const lifecyclePolicy = JSON.stringify({
  rules: [
    {
      rulePriority: 1,
      description: "Images without a tag",
      selection: {
        tagStatus: "untagged",
        countType: "sinceImagePushed",
        countUnit: "days",
        countNumber: untaggedDays,
      },
      action: { type: "expire" },
    },
    {
      rulePriority: 2,
      description: "The oldest of many",
      selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: imagesKept },
      action: { type: "expire" },
    },
  ],
});
