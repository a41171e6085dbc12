import { describe, expect, test } from "vitest";
import { ownershipLine } from "../../synth/model/ownership.ts";
import { between, fieldsOf } from "./between.ts";

/** A cluster's template as layout writes it. */
const stack = (kind: string, properties: string) =>
  new Map([
    [
      `garden/aws/${kind}.yaml`,
      `${ownershipLine(`garden-${kind}`, "clusters/garden.ts")}\nResources:\n  Thing:\n    Type: AWS::IAM::Role\n    Properties:\n${properties}`,
    ],
  ]);

describe("a template of CloudFormation", () => {
  test("changes by its fields, with what its stack is about", () => {
    const changes = between(
      stack("iam", "      RoleName: garden-shop\n"),
      stack("iam", "      RoleName: garden-market\n"),
    );
    expect(fieldsOf(changes)).toEqual(["template.Resources.Thing.Properties.RoleName access"]);
    expect(changes.unreadable).toEqual([]);
  });

  test("comes and goes as a whole", () => {
    const added = between(new Map(), stack("network", "      RoleName: a\n"));
    expect(added.folded.map(({ operation, effects }) => [operation, ...effects])).toEqual([
      ["added", "network"],
    ]);
    const removed = between(stack("network", "      RoleName: a\n"), new Map());
    expect(removed.folded.map(({ operation, effects }) => [operation, ...effects])).toEqual([
      ["removed", "deletion"],
    ]);
  });

  test("that is no YAML is said to be unreadable", () => {
    const changes = between(new Map(), new Map([["garden/aws/iam.yaml", "Resources: [\n"]]));
    expect(changes.unreadable).toHaveLength(1);
  });
});
