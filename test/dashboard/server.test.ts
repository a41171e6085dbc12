import { request } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { describe, expect, onTestFinished, test } from "vitest";
import { changesBetween } from "../../scripts/dashboard/changes.ts";
import type { Part } from "../../scripts/dashboard/model.ts";
import { servePage } from "../../scripts/dashboard/server.ts";
import { ChangingPicture, part, release } from "./source.ts";

async function serve(parts: readonly Part[] = release) {
  const source = new ChangingPicture(parts);
  const page = await servePage(source, 0);
  onTestFinished(() => page.close());
  return { source, url: new URL(page.url) };
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

function ask(
  url: URL,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  method = "GET",
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: url.hostname, port: url.port, path, method, headers }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => (body += text));
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, body }));
    });
    asked.on("error", reject).end();
  });
}

function from(site: string, mode: string): Readonly<Record<string, string>> {
  return { "sec-fetch-site": site, "sec-fetch-mode": mode };
}

describe("the page's server", () => {
  test("listens on the loopback only", async () => {
    const { url } = await serve();
    expect(url.hostname).toBe("127.0.0.1");
  });

  test("answers by the names of this machine, and by no other", async () => {
    const { url } = await serve();
    const statusFor = async (host: string) => (await ask(url, "/", { host })).status;
    expect(await statusFor(`127.0.0.1:${url.port}`)).toBe(200);
    expect(await statusFor(`localhost:${url.port}`)).toBe(200);
    for (const host of [
      `rebound.example.com:${url.port}`,
      "127.0.0.1",
      `127.0.0.1.example.com:${url.port}`,
    ]) {
      expect(await statusFor(host), host).toBe(403);
    }
  });

  test("tells other sites' pages nothing, and lets a person follow a link from one", async () => {
    const { url } = await serve();
    expect((await ask(url, "/changes", from("cross-site", "cors"))).status).toBe(403);
    expect((await ask(url, "/page.js", from("same-site", "no-cors"))).status).toBe(403);
    expect((await ask(url, "/", from("cross-site", "navigate"))).status).toBe(200);
    expect((await ask(url, "/", from("none", "navigate"))).status).toBe(200);
  });

  test("lets its page load nothing from elsewhere, and run nothing that stands in it", async () => {
    const { url } = await serve();
    for (const path of ["/", "/page.js", "/nothing", "/changes%20"]) {
      const { headers } = await ask(url, path);
      expect(headers["content-security-policy"]).toContain("default-src 'none'; script-src 'self'");
      expect(headers["content-security-policy"]).not.toMatch(/unsafe|\*|https?:/);
      expect(headers["x-content-type-options"]).toBe("nosniff");
    }
  });

  test("has its own files and no others", async () => {
    const { url } = await serve();
    for (const path of ["/../server.ts", "/%2e%2e/server.ts", "/tsconfig.json", "/page", "//"]) {
      expect((await ask(url, path)).status, path).toBe(404);
    }
    expect((await ask(url, "/", {}, "POST")).status).toBe(405);
    const { body } = await ask(url, "/");
    const named = [...body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = ""]) => path);
    expect(named).toContain("/page.js");
    const scripts = (await ask(url, "/page.js")).body;
    const imported = [...scripts.matchAll(/from "\.(\/[^"]+)"/g)].map(([, path = ""]) => path);
    for (const path of [...named, ...imported]) expect((await ask(url, path)).status, path).toBe(200);
  });

  test("sends the whole picture first, then each change", async () => {
    const { source, url } = await serve();
    const { body } = await fetch(new URL("/changes", url));
    let received = "";
    void (async () => {
      for await (const chunk of body ?? []) received += Buffer.from(chunk).toString();
    })().catch(() => {});
    await expect.poll(() => received).toContain('event: picture\ndata: {"cluster":"attractor-factory"');
    source.setPart("Application argocd/traefik", { health: "healthy" });
    await expect
      .poll(() => received)
      .toMatch(/^event: part\ndata: \{"id":"Application argocd\/traefik".*"health":"healthy"/m);
    source.set({ reachable: false });
    await expect.poll(() => received).toContain("event: reachable\ndata: false\n\n");
  });

  test("goes at once when it is told to, though somebody watches", async () => {
    const page = await servePage(new ChangingPicture(release), 0);
    const watching = await fetch(new URL("/changes", page.url));
    await page.close();
    await expect(watching.text()).rejects.toThrow();
    await expect(fetch(page.url)).rejects.toThrow();
  });
});

describe("what is sent", () => {
  const before = { cluster: "c", reachable: true, parts: [part("a"), part("b"), part("c")] };

  test("is nothing where nothing changed", () => {
    expect(changesBetween(before, structuredClone(before))).toEqual([]);
  });

  test("is only the parts that changed, and the order where parts came or went", () => {
    const fallen = part("b", { health: "degraded" });
    expect(changesBetween(before, { ...before, parts: [part("a"), fallen, part("c")] })).toEqual([
      { event: "part", data: fallen },
    ]);
    const added = part("aa");
    expect(changesBetween(before, { ...before, parts: [part("a"), added, part("c")] })).toEqual([
      { event: "part", data: added },
      { event: "order", data: [part("a").id, added.id, part("c").id] },
    ]);
  });
});
