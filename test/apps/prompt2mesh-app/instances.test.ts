import { describe, expect, test } from "vitest";
import { field, list } from "../../../synth/objects/json-fields.ts";
import { one } from "../placed.ts";
import { aws, rendered } from "./rendered.ts";

const production = rendered();
const rules = (...verbs: readonly string[]) => [
  { apiGroups: ["instances.slipway.dev"], resources: ["userinstances"], verbs },
];

describe("users' instances", () => {
  const theirs = "prompt2mesh-instances";

  test("the backend and the reaper have rights to them in their namespace, and to nothing else anywhere", () => {
    const roles = production.objects.filter(({ kind }) => kind === "Role");
    expect(
      roles.map(({ name, namespace, content }) => ({ name, namespace, rules: field(content, "rules") })),
    ).toEqual([
      {
        name: "backend-instances",
        namespace: theirs,
        rules: rules("create", "get", "list", "watch", "patch", "delete"),
      },
      { name: "instance-reaper", namespace: theirs, rules: rules("list", "delete") },
    ]);
  });

  test("as many as the environment says, each with what the document says at most", () => {
    expect(field(one(production, "ResourceQuota", "user-instances", theirs).content, "spec", "hard")).toEqual(
      {
        "count/userinstances.instances.slipway.dev": "120",
      },
    );
    expect(production.namespaces).toMatchObject([{ name: theirs, quota: { cpu: "64", pods: 250 } }]);
    const [bounds] = list(one(production, "LimitRange", "user-instances", theirs).content, "spec", "limits");
    expect(field(bounds, "max")).toEqual({ cpu: "2", memory: "4Gi" });
  });

  test("are made from the images of the release, and their settings are out of reach of any id", () => {
    const { content, name } = one(production, "ConfigMap", "instance-settings", theirs);
    expect(field(content, "data")).toMatchObject({
      blenderImage: "registry/blender:1",
      agentImage: "registry/backend:1",
      shards: "2",
    });
    expect(name.startsWith("user-")).toBe(false);
  });

  test("more than 60 on a load balancer on average are refused, before one of them has 101", () => {
    const instances = {
      hostPrefix: "user-",
      domain: "example.com",
      shards: 2,
      cpu: 64,
      memoryGiB: 240,
    } as const;
    expect(rendered(aws, { instances: { ...instances, maximum: 120 } }).reports).toEqual([]);
    expect(rendered(aws, { instances: { ...instances, maximum: 121 } }).reports).toEqual([
      expect.stringContaining("121 instances on 2 load balancers"),
    ]);
  });

  test("are refused where nothing makes them", () => {
    const { userInstances: _, ...without } = aws;
    expect(rendered(without).reports).toEqual([expect.stringContaining("nothing that makes them")]);
  });

  test("the way from and to their agents is the backend's, and no other component's", () => {
    const leading = production.objects
      .filter(({ kind, content }) => kind === "NetworkPolicy" && JSON.stringify(content).includes(theirs))
      .map(({ name }) => name);
    expect(leading).toEqual(["backend"]);
  });
});
