import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { chartCache, sha256 } from "../../scripts/charts/cache.ts";
import type { ChartRequest } from "../../synth/charts/request.ts";

const folder = mkdtempSync(join(tmpdir(), "slipway-cache-"));
const cache = chartCache(folder, true);
const content = Buffer.from("a packaged chart");
const request: ChartRequest = {
  key: "key",
  repository: "https://charts.example.com",
  name: "greeter",
  version: "1.0.0",
  digest: sha256(content),
  releaseName: "greeter",
  namespace: "greeter",
  kubeVersion: "1.35.0",
  apiVersions: [],
  values: {},
};

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("an archive is found again, and nothing else stays beside it", () => {
  const path = cache.keepArchive(request, content);
  expect(cache.archive(request)).toBe(path);
  expect(readdirSync(join(folder, "archives"))).toHaveLength(1);
});

test("an archive that is not what it was is not found", () => {
  writeFileSync(cache.keepArchive(request, content), "cut off");
  expect(cache.archive(request)).toBeUndefined();
});

test("another version with the digest left as it was does not find the old chart", () => {
  cache.keepArchive(request, content);
  expect(cache.archive({ ...request, version: "1.0.1" })).toBeUndefined();
});

test("a rendered chart is found by the Helm that rendered it", () => {
  cache.keepRendered(request, "v4.0.0", "kind: Service\n");
  expect(cache.rendered(request, "v4.0.0")).toBe("kind: Service\n");
  expect(cache.rendered(request, "v4.1.0")).toBeUndefined();
});

test("a rendered chart that was edited is not found", () => {
  cache.keepRendered(request, "v4.0.0", "kind: Service\n");
  const [file = ""] = readdirSync(join(folder, "rendered/v4.0.0"));
  writeFileSync(join(folder, "rendered/v4.0.0", file), `# ${sha256("kind: Service\n")}\nkind: Pod\n`);
  expect(cache.rendered(request, "v4.0.0")).toBeUndefined();
});

test("a folder under the name of an entry is no entry, and gives way to one", () => {
  const path = cache.keepArchive(request, content);
  rmSync(path);
  mkdirSync(join(path, "inside"), { recursive: true });
  expect(cache.archive(request)).toBeUndefined();
  expect(cache.archive({ ...request, version: "2.0.0" })).toBeUndefined();
  expect(cache.keepArchive(request, content)).toBe(path);
  expect(cache.archive(request)).toBe(path);
});

test("continuous integration, where others may write to the cache, believes archives only", () => {
  cache.keepRendered(request, "v4.0.0", "kind: Pod\n");
  vi.stubEnv("CI", "true");
  const shared = chartCache(folder);
  vi.unstubAllEnvs();
  expect(shared.rendered(request, "v4.0.0")).toBeUndefined();
  expect(shared.archive(request)).toBe(undefined);
  shared.keepArchive(request, content);
  expect(shared.archive(request)).toBeDefined();
});
