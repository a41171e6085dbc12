import { expect, test } from "vitest";
import { refreshedFacts } from "../../synth/release/refreshed-facts.ts";

const held = { vpcId: "vpc-1", certificateArn: "old", roles: { "a/b": "role-b", "a/c": "role-c" } };
const refreshed = (current: object) => {
  const text = refreshedFacts(JSON.stringify(held), JSON.stringify(current));
  return text === undefined ? undefined : JSON.parse(text);
};

test("a revision gets the values of now for the facts that it names, and no others", () => {
  const now = {
    vpcId: "vpc-1",
    certificateArn: "new",
    webAclArn: "acl",
    roles: { "a/b": "role-2", "a/d": "d" },
  };
  expect(refreshed(now)).toEqual({
    vpcId: "vpc-1",
    certificateArn: "new",
    roles: { "a/b": "role-2", "a/c": "role-c" },
  });
});

test("facts of the same values, in whatever order and with whatever came since, leave it as it is", () => {
  const { roles, ...outputs } = held;
  expect(
    refreshed({ roles: { ...roles, "a/d": "role-d" }, fileSystemId: "fs-1", ...outputs }),
  ).toBeUndefined();
});

test("a revision without facts of the cluster gets them as they are", () => {
  expect(refreshedFacts(undefined, "{}")).toBe("{}");
});
