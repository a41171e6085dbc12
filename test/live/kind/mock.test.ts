import { expect, test } from "vitest";
import { slipway } from "../../commands/slipway.ts";
import { engineInName } from "./engine.ts";

test.each(["docker", "podman"] as const)(
  "%s is told to build a mock for each image of ours",
  async (name) => {
    const engine = engineInName(name);
    const { status, stdout } = await slipway(["mock", "local"], {
      env: { PATH: engine.environment["PATH"] ?? "" },
    });
    expect(status).toBe(0);
    const images = stdout.trim().split("\n");
    expect(images).toContain("voice-agent-studio:local");
    const builds = engine.asked().filter(([verb]) => verb === "build");
    expect(builds).toEqual(
      images.map((image) => [
        "build",
        "--tag",
        // In full, because podman would otherwise call it localhost/… and no pod would find it.
        image.includes("/") ? `docker.io/${image}` : `docker.io/library/${image}`,
        "--file",
        expect.stringMatching(/scripts\/mock-workload\/Containerfile$/),
        expect.stringContaining("slipway-mock-"),
      ]),
    );
  },
);
