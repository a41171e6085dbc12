import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { forgeOf } from "../../scripts/forge/forges.ts";
import type { ForgeName } from "../../scripts/forge/forges.ts";
import { fakeForge } from "./fake-forge.ts";
import type { FakeForge } from "./fake-forge.ts";

const request = {
  branch: "promote/shop/prod/1",
  base: "main",
  title: "Promote shop",
  body: "$(touch x) `y`",
};

let folder: string;
let fake: FakeForge;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "slipway-forge-")));
  fake = fakeForge(folder);
  vi.stubEnv("PATH", `${fake.path}:${process.env["PATH"] ?? ""}`);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

describe.each<[ForgeName, string]>([
  ["github", "git@github.com:example/fleet.git"],
  ["gitlab", "https://gitlab.example.com/example/fleet.git"],
])("%s, by its own command line", (name, url) => {
  test("is told by the remote's address, and opens a pull request once", async () => {
    const forge = forgeOf(folder, url);
    expect(forge.name).toBe(name);
    expect(await forge.open(request)).toEqual({ url: "https://forge.example.com/pull/7", existed: false });
    expect(await forge.open(request)).toEqual({ url: "https://forge.example.com/pull/7", existed: true });
    // The text is one argument, whatever a shell would make of it.
    expect(fake.calls().find((call) => call.includes("create"))).toContain(request.body);
  });

  test("that answers 500 is a problem that says what stays", async () => {
    fake.mood("fails");
    await expect(forgeOf(folder, url).open(request)).rejects.toThrow(/branch .* is pushed.*HTTP 500/s);
  });

  test("that does not answer is not waited for", async () => {
    fake.mood("hangs");
    await expect(forgeOf(folder, url, name, 300).open(request)).rejects.toThrow(/did not end within 0.3 s/);
  });
});

test("GitHub's checks are passed, failed or running", async () => {
  const states = await forgeOf(folder, "git@github.com:example/fleet.git").checks("abc");
  expect(states).toEqual(new Map([["e2e", "passed"]]));
});

test("without a forge the branch and its remote are told, and no password in its address", async () => {
  const forge = forgeOf(folder, "https://ada:secret@git.example.com/fleet.git");
  expect(forge.name).toBe("git");
  const { url } = await forge.open(request);
  expect(url).toBe("https://git.example.com/fleet.git promote/shop/prod/1");
});
