import { describe, expect, test } from "vitest";
import { addressLines, hostAddresses, localUrl } from "../../scripts/local/address-lines.ts";
import { changeText } from "../../scripts/local/change-text.ts";
import { waitingLines } from "../../scripts/local/follow-definitions.ts";
import { readTree } from "../../scripts/tree/tree.ts";
import { distPath } from "../../scripts/workspace.ts";

const before = new Map([...readTree(distPath)].filter(([path]) => path.startsWith("local/")));
const folder = "local/applications/voice-agent-studio-local";

function edited(path: string, text: string, replacement: string) {
  const content = before.get(path) ?? "";
  expect(content).toContain(text);
  return new Map([...before, [path, content.replace(text, replacement)]]);
}

describe("a change on one line", () => {
  test("names the object, the field and both values", () => {
    const after = edited(`${folder}/Deployment.voice-agent-studio.yaml`, "replicas: 1", "replicas: 2");
    expect(changeText(before, after)).toBe("~ Deployment voice-agent-studio: replicas 1 → 2");
  });

  test("says what comes and goes", () => {
    const after = new Map(before);
    after.delete(`${folder}/Ingress.voice-agent-studio.yaml`);
    expect(changeText(before, after)).toBe("- Ingress voice-agent-studio is removed");
    expect(changeText(after, before)).toBe("+ Ingress voice-agent-studio is new");
  });

  test("counts what would not fit", () => {
    const after = new Map(
      [...before].map(([path, content]) => [
        path,
        content.replaceAll("voice-agent.localhost", "studio.localhost"),
      ]),
    );
    const all = new Map([...after].filter(([path]) => !path.includes("Service")));
    expect(changeText(before, all)).toMatch(/; and \d+ further changes$/);
  });

  test("is nothing where files are the same", () => {
    expect(changeText(before, new Map(before))).toBeUndefined();
  });
});

test("addresses are those of hosts, with what is behind each", () => {
  const route = { path: "/", match: "prefix", namespace: "shop", port: 80 } as const;
  const routes = [
    { ...route, host: "shop.localhost", service: "web" },
    { ...route, host: "shop.localhost", service: "api" },
    { ...route, host: "*.shop.localhost", service: "web" },
    { ...route, host: "a.example.com", service: "web" },
  ];
  expect(addressLines(hostAddresses(routes, (host) => localUrl(host, 8080)))).toEqual([
    "  http://a.example.com.localhost:8080  web",
    "  http://shop.localhost:8080           api, web",
  ]);
  expect(localUrl("shop.localhost", 80)).toBe("http://shop.localhost");
});

test("what a cluster waits for is told in few lines", () => {
  const waiting = Array.from({ length: 7 }, (_, index) => `part-${index}: OutOfSync`);
  const lines = waitingLines({ waiting, troubles: ["part-0: no such kind"] });
  expect(lines.slice(0, 2)).toEqual(["still waiting for:", "  part-0: OutOfSync"]);
  expect(lines).toContain("  and 2 more");
  expect(lines.at(-1)).toContain("part-0: no such kind");
});
