import { describe, expect, test } from "vitest";
import { slipway } from "../commands/slipway.ts";

describe.concurrent("slipway mock", () => {
  test("lists the images that a cluster runs from this machine, with each container's arguments and ports", async () => {
    const { status, stdout } = await slipway(["mock", "--list"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^attractor-factory\/factory-api:local +factory-api +8080, 8081$/m);
    expect(stdout).toMatch(/^attractor-factory\/factory-api:local +factory-migrations-\w+ +migrate$/m);
  });

  test("has nothing to build for a cluster on AWS", async () => {
    const { status, stdout } = await slipway(["mock", "voice-agent-prod", "--list"]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: "it runs no image of this machine\n" });
  });

  test.each([
    [["nowhere"], "there is no cluster nowhere"],
    [["--list", "--load", "local"], "what is only listed cannot be loaded"],
  ])("refuses %j", async (args, what) => {
    const { status, stdout, stderr } = await slipway(["mock", ...args]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain(what);
  });
});
