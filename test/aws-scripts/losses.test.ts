import { expect, test } from "vitest";
import { changeLines, losses } from "../../scripts/aws/stacks/change-lines.ts";
import type { ResourceChange } from "../../scripts/aws/stacks/change-set.ts";

const change = (
  action: string,
  type: string,
  replaces: ResourceChange["replaces"] = "False",
): ResourceChange => ({
  action,
  id: "It",
  type,
  replaces,
});

test("a change that takes away or replaces what carries the cluster or holds data is a loss", () => {
  const lost = [
    change("Remove", "AWS::EFS::FileSystem"),
    change("Modify", "AWS::EKS::Cluster", "True"),
    change("Modify", "AWS::S3::Bucket", "Conditional"),
  ];
  const harmless = [
    change("Add", "AWS::EKS::Cluster"),
    change("Modify", "AWS::EKS::Cluster"),
    change("Remove", "AWS::EC2::Route"),
    change("Modify", "AWS::EKS::Nodegroup", "True"),
  ];
  expect(losses([...lost, ...harmless])).toEqual(lost);
});

test("people see what is taken away and what is made anew", () => {
  expect(
    changeLines([change("Remove", "AWS::EC2::Route"), change("Modify", "AWS::EC2::VPC", "True")]),
  ).toEqual(["    - It  AWS::EC2::Route  REMOVED", "    ~ It  AWS::EC2::VPC  REPLACED"]);
  expect(changeLines([])).toEqual(["    (outputs, tags or metadata only)"]);
});
