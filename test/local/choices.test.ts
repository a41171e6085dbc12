import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { local } from "../../clusters/local.ts";
import { conversationDev } from "../../clusters/conversation-dev.ts";
import { writeRequest } from "../../scripts/cluster/state.ts";
import { chooseProvider } from "../../scripts/local/choose-provider.ts";
import { localImages } from "../../scripts/local/images.ts";
import { makeImages } from "../../scripts/local/kind-images.ts";
import { watchForLoss } from "../../scripts/local/lost.ts";
import { endSession, sessionLock } from "../../scripts/local/session.ts";
import { takeLock } from "../../scripts/lock/lock.ts";
import { ProblemsError } from "../../synth/model/problem.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "slipway-local-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
});

/** A client of an engine: what it is asked is written down, and it knows the images that are named here. */
function engine(...images: readonly string[]): NodeJS.ProcessEnv {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  const script = `#!/bin/sh
echo "$*" >> ${join(folder, "asked")}
case "$*" in
  info*) echo 28.0.1 ;;
  *inspect*) case " ${images.join(" ")} " in *" $5 "*) ;; *) exit 1 ;; esac ;;
esac
`;
  writeFileSync(join(bin, "docker"), script, { mode: 0o755 });
  return { ...process.env, PATH: `${bin}:${process.env["PATH"]}` };
}

const nothing: NodeJS.ProcessEnv = { PATH: "/nowhere" };

describe("a cluster runs on", () => {
  test("what was asked for, without a word", async () => {
    expect(await chooseProvider(local, folder, "embedded", engine())).toEqual({ name: "embedded" });
  });

  test("what it runs on already", async () => {
    writeRequest(folder, { provider: "embedded", cluster: "local", nodes: "min" });
    expect((await chooseProvider(local, folder, undefined, engine())).name).toBe("embedded");
  });

  test("kind where a container engine answers, and simulated nodes where none does", async () => {
    expect(await chooseProvider(local, folder, undefined, engine())).toEqual({
      name: "kind",
      why: "docker answers: local runs on kind",
    });
    const { name, why } = await chooseProvider(local, folder, undefined, nothing);
    expect([name, why]).toEqual(["embedded", expect.stringMatching(/^no container engine answers: /)]);
  });

  test("simulated nodes if it is one of AWS", async () => {
    const { name, why } = await chooseProvider(conversationDev, folder, undefined, engine());
    expect([name, why]).toEqual(["embedded", expect.stringContaining("is one of AWS")]);
  });
});

describe("an image that was built here", () => {
  const placed = [
    { app: "shop", images: { server: "shop/server:local", web: "shop/web:local" } },
    { app: "blog", images: { server: "blog:local", job: "1.dkr.ecr.us-west-2.amazonaws.com/job@sha256:1" } },
  ];
  const problemOf = (...words: readonly string[]) => {
    try {
      return localImages(words, placed);
    } catch (error) {
      if (!(error instanceof ProblemsError)) throw error;
      return error.problems.map(({ what, fix }) => `${what}; ${fix}`).join("\n");
    }
  };

  test("stands for one that an app declares, by its own name or by both", () => {
    expect(localImages(["web=mine:1", "blog/server=blog-server:dev"], placed)).toEqual([
      { built: "mine:1", reference: "shop/web:local" },
      { built: "blog-server:dev", reference: "blog:local" },
    ]);
  });

  test.each([
    ["wbe=mine:1", "no app of the cluster declares an image wbe; did you mean web?"],
    ["shop/wbe=mine:1", "did you mean shop/web?"],
    ["server=mine:1", "shop/server and blog/server are both called server; write one of: shop/server"],
    ["web", "--image web is not <image>=<image on this machine>"],
    ["web=", "is not <image>=<image on this machine>"],
    ["job=mine:1", "which comes from a registry"],
  ])("is refused as %s", (word, expected) => {
    expect(problemOf(word)).toContain(expected);
  });

  test("is one for each, and every mistake is told at once", () => {
    expect(problemOf("web=a:1", "shop/web=b:1", "x=y")).toMatch(
      /declares an image x.*\nshop\/web:local is given 2/,
    );
  });

  test("is given the name that pods ask for, if it is there", async () => {
    const real = localImages(["web=mine:1", "blog/server=blog:local"], placed);
    const mocks = real.map(({ reference }) => ({ image: reference, contracts: [] }));
    const options = { mocks, real, say: () => undefined, environment: engine("mine:1", "blog:local") };
    expect(await makeImages(options)).toEqual(["shop/web:local", "blog:local"]);
    const asked = readFileSync(join(folder, "asked"), "utf8").split("\n");
    expect(asked.filter((line) => line.startsWith("tag"))).toEqual(["tag mine:1 docker.io/shop/web:local"]);
  });

  test("is refused if it was not built, before anything is named", async () => {
    const real = localImages(["web=mine:1", "blog/server=gone:1"], placed);
    const making = makeImages({ mocks: [], real, say: () => undefined, environment: engine("mine:1") });
    await expect(making).rejects.toThrow("docker has no image gone:1 on this machine");
    expect(readFileSync(join(folder, "asked"), "utf8")).not.toContain("tag");
  });
});

const cluster = () => join(folder, "shop");

/** A process that holds the lock, as an `up` does. */
async function watcher(onTerm: string) {
  const program = `
    const { takeLock } = await import(${JSON.stringify(join(import.meta.dirname, "../../scripts/lock/lock.ts"))});
    const { sessionLock } = await import(${JSON.stringify(join(import.meta.dirname, "../../scripts/local/session.ts"))});
    takeLock(sessionLock(${JSON.stringify(cluster())}, "shop"));
    process.once("SIGTERM", () => { ${onTerm} });
    setInterval(() => {}, 1000);
    console.log("watches");`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child.stdout, "data");
  return child;
}

describe("the watch of a cluster", () => {
  test("is one at a time, and ended by name, with time to end what it runs", async () => {
    const child = await watcher("setTimeout(() => process.exit(0), 700)");
    expect(() => takeLock(sessionLock(cluster(), "shop"))).toThrow(`process ${child.pid} watches shop since`);
    const ended = once(child, "exit");
    await endSession(cluster(), "shop");
    expect(await ended).toEqual([0, null]);
    expect(existsSync(join(folder, "shop.up.lock"))).toBe(false);
  });

  test("that was killed holds nobody up", async () => {
    const child = await watcher("");
    child.kill("SIGKILL");
    await once(child, "exit");
    const release = takeLock(sessionLock(cluster(), "shop"));
    release();
    await endSession(cluster(), "shop");
    expect(existsSync(join(folder, "shop.up.lock"))).toBe(false);
  });
});

test("a cluster that has ended ends the watch of it, with its last words", async () => {
  let running = true;
  const loss = watchForLoss("shop", () =>
    Promise.resolve({ running, details: ["etcd has ended: see etcd.log"] }),
  );
  onTestFinished(loss.stop);
  loss.refuse();
  running = false;
  await once(loss.signal, "abort");
  expect(loss.refuse).toThrow("does not run whole any more: etcd has ended: see etcd.log");
});
