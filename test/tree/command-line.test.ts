import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { beforeEach, describe, expect, test } from "vitest";
import { readTree } from "../../scripts/tree/tree.ts";
import { copyRepository } from "../commands/slipway.ts";

const copy = copyRepository();
const at = (path: string): string => join(copy.root, path);
const definitions = () => ["apps", "clusters", "platform"].map((folder) => readTree(at(folder)));

/** All that a command leaves there, but what spares the next one to compile. */
beforeEach(() => {
  if (!existsSync(at(".slipway"))) return;
  for (const name of readdirSync(at(".slipway")).filter((entry) => entry !== "compile-cache")) {
    rmSync(at(`.slipway/${name}`), { recursive: true });
  }
});

describe("the command line", () => {
  test("writes nothing through a link in place of .slipway", async () => {
    mkdirSync(at("outside"));
    symlinkSync(at("outside"), at(".slipway"));
    expect(await copy.slipway("synth")).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(".slipway is not a folder"),
    });
    expect(readdirSync(at("outside"))).toEqual([]);
    rmSync(at(".slipway"));
  });

  test("says that a file in place of .slipway is no folder", async () => {
    writeFileSync(at(".slipway"), "");
    const { status, stderr } = await copy.slipway("synth");
    rmSync(at(".slipway"));
    expect({ status, stderr }).toMatchObject({ status: 1, stderr: expect.stringContaining("not a folder") });
    expect(stderr).not.toContain("    at ");
  });

  test("leaves what an interrupted synth left to synth, when it only checks", async () => {
    mkdirSync(at(".slipway/dist"), { recursive: true });
    renameSync(at("dist"), at(".slipway/dist/previous"));
    const { status, stderr } = await copy.slipway("synth", "--check");
    expect({ status, stderr }).toMatchObject({ status: 1, stderr: expect.stringContaining("npm run synth") });
    expect(existsSync(at("dist"))).toBe(false);
    renameSync(at(".slipway/dist/previous"), at("dist"));
  });
});

/** Starts `new app <name>` and waits until it has begun to write. */
async function begun(name: string) {
  const child = spawn(process.execPath, [at("scripts/cli.ts"), "new", "app", name], { stdio: "ignore" });
  const ended = once(child, "exit");
  while (!existsSync(at(`apps/${name}`)) && child.exitCode === null) await wait(1);
  return { child, ended };
}

describe("new", () => {
  test("leaves a file of somebody else's beside the one it edits", async () => {
    writeFileSync(at("clusters/local.ts.new"), "mine\n");
    expect(await copy.slipway("new", "app", "beside")).toMatchObject({ status: 0 });
    expect(readFileSync(at("clusters/local.ts.new"), "utf8")).toBe("mine\n");
    expect(existsSync(at(".slipway/new-unfinished.txt"))).toBe(false);
  });

  test.each(["SIGINT", "SIGTERM"] as const)("takes everything back on %s", async (signal) => {
    const before = definitions();
    const { child, ended } = await begun("stopped");
    child.kill(signal);
    expect(await ended).toEqual([null, signal]);
    expect(definitions()).toEqual(before);
    expect(existsSync(at(".slipway/new-unfinished.txt"))).toBe(false);
  });

  test("says after a kill what to remove", async () => {
    const { child, ended } = await begun("killed");
    child.kill("SIGKILL");
    await ended;
    const { status, stderr } = await copy.slipway("new", "app", "other");
    expect(status).toBe(1);
    expect(stderr).toContain("remove apps/killed/app.ts");
    expect(stderr).toContain("then remove .slipway/new-unfinished.txt");
    expect(existsSync(at("apps/other"))).toBe(false);
  });
});
