import type { Page } from "playwright-core";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Part } from "../../../scripts/dashboard/model.ts";
import { servePage } from "../../../scripts/dashboard/server.ts";
import { ChangingPicture, part, release } from "../../dashboard/source.ts";
import { hasBrowser, openBrowser } from "./browser.ts";

interface Opened {
  readonly page: Page;
  readonly source: ChangingPicture;
  readonly served: Awaited<ReturnType<typeof servePage>>;
  /** Addresses that the page asked. */
  readonly asked: readonly string[];
  /** What the browser complained of, refused scripts among it. */
  readonly complaints: readonly string[];
}

async function open(width: number, parts: readonly Part[] = release): Promise<Opened> {
  const source = new ChangingPicture(parts);
  const served = await servePage(source, 0);
  onTestFinished(served.close);
  const page = await openBrowser(width);
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(served.url);
  await page.locator("#connection[data-state=live]").waitFor();
  return { page, source, served, asked, complaints };
}

const row = (page: Page, name: string) => page.locator(".part", { has: page.locator(`text="${name}"`) });

function scrolls(page: Page): Promise<boolean> {
  return page.evaluate("document.documentElement.scrollWidth > window.innerWidth");
}

describe.skipIf(!hasBrowser)("the live page", () => {
  test.each([390, 1280])(
    "shows every part, its error and its objects at %i pixels, and never scrolls sideways",
    async (width) => {
      const { page, asked, served, complaints } = await open(width);
      expect(await page.locator("#cluster").textContent()).toBe("attractor-factory");
      expect(await page.title()).toBe("(1) attractor-factory · Slipway");
      expect(await page.locator("#verdict").textContent()).toBe("1 of 8 parts needs a look");
      expect(await page.locator(".part .name").allTextContents()).toEqual(release.map(({ name }) => name));
      expect(await page.locator("h2").allTextContents()).toEqual([
        "bootstrap",
        "foundation",
        "controllers",
        "configuration",
        "applications",
      ]);
      for (const summary of await page.locator("summary").all()) await summary.click();
      const failing = row(page, "attractor-factory-prod");
      expect(await failing.locator(".error").textContent()).toContain("field is immutable");
      // The unwell ones first.
      expect(await failing.locator(".objects .name").allTextContents()).toEqual([
        "factory-api",
        "factory-migrations-9e3e9e8780",
        "postgres",
      ]);
      expect(await failing.locator(".objects .message").first().isVisible()).toBe(true);
      expect(await scrolls(page)).toBe(false);
      expect(asked.filter((address) => !address.startsWith(served.url))).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );

  test("changes as the cluster does, without being loaded again and without closing what is open", async () => {
    const { page, source } = await open(1280);
    await page.evaluate("window.loadedOnce = true");
    const traefik = row(page, "traefik");
    await traefik.locator("summary").click();
    source.setPart("Application argocd/traefik", {
      sync: "synced",
      health: "healthy",
      objects: [{ id: "d", kind: "DaemonSet", namespace: "traefik", name: "traefik", health: "healthy" }],
    });
    await traefik.locator(".health", { hasText: /^healthy$/ }).waitFor();
    await traefik.locator(".objects .kind", { hasText: "DaemonSet" }).waitFor();
    source.set({
      parts: [
        ...source.picture().parts.slice(0, 2),
        part("cert-manager"),
        ...source.picture().parts.slice(3),
      ],
    });
    await row(page, "cert-manager").waitFor();
    await row(page, "priority-classes").waitFor({ state: "detached" });
    expect(await page.evaluate("window.loadedOnce")).toBe(true);
    expect(await traefik.getAttribute("open")).not.toBeNull();
  });

  test("says so when the API server, or its own server, does not answer, and is live again by itself", async () => {
    const { page, source, served } = await open(390);
    source.set({ reachable: false });
    await page.locator("#connection[data-state=away]", { hasText: "API server does not answer" }).waitFor();
    source.set({ reachable: true });
    await page.locator("#connection[data-state=live]").waitFor();
    expect(await scrolls(page)).toBe(false);
    await served.close();
    await page.locator("#connection[data-state=lost]").waitFor();
    const again = await servePage(source, Number(new URL(served.url).port));
    onTestFinished(() => again.close());
    source.setPart("Application argocd/traefik", { health: "degraded", error: "while nobody looked" });
    await row(page, "traefik").locator(".error", { hasText: "while nobody looked" }).waitFor();
    await page.locator("#connection[data-state=live]").waitFor();
  });

  test("narrows down by health and by words, also those of objects", async () => {
    const { page } = await open(1280);
    const shown = () => page.locator(".part:visible > summary > .name").allTextContents();
    await page.getByRole("button", { name: /degraded 1/ }).click();
    expect(await shown()).toEqual(["attractor-factory-prod"]);
    await page.getByRole("button", { name: /degraded 1/ }).click();
    await page.getByRole("button", { name: "not synced 2" }).click();
    expect(await shown()).toEqual(["external-secrets", "traefik"]);
    await page.getByRole("button", { name: "all 8" }).click();
    await page.getByRole("searchbox").fill("POSTGRES");
    expect(await shown()).toEqual(["attractor-factory-prod"]);
    expect(await page.locator("h2:visible").allTextContents()).toEqual(["applications"]);
    await page.getByRole("searchbox").fill("nothing like it");
    expect(await page.locator("#nothing").textContent()).toBe("Nothing fits the search.");
  });

  test("is worked with the keyboard alone", async () => {
    const { page } = await open(1280);
    await page.getByRole("searchbox").focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await row(page, "slipway").getAttribute("open")).not.toBeNull();
  });

  test("takes whatever a cluster says for text", async () => {
    const hostile = `<img src=x onerror="window.broken=1"><script>window.broken=1</script>"'\u202e javascript:alert(1)`;
    const parts = [
      part(hostile, {
        layer: hostile,
        health: "degraded",
        error: `${hostile}\n${"x".repeat(3_000)}`,
        revision: hostile,
        objects: [
          {
            id: hostile,
            kind: hostile,
            namespace: hostile,
            name: hostile,
            health: "degraded",
            message: hostile,
          },
        ],
      }),
    ];
    const { page, source, complaints } = await open(390, parts);
    source.set({ cluster: hostile });
    source.setPart(`Application argocd/${hostile}`, { note: hostile, sync: "out-of-sync" });
    await page.locator(".sync", { hasText: "out of sync" }).waitFor();
    await page.locator("summary").click();
    expect(await page.locator(".objects .message").textContent()).toBe(hostile);
    expect(await page.locator(".part img, .part script, h2 img").count()).toBe(0);
    expect(await page.evaluate("window.broken")).toBeUndefined();
    expect(await scrolls(page)).toBe(false);
    expect(complaints).toEqual([]);
  });

  test("stays quick with a thousand parts and a part of five thousand objects", async () => {
    const objects = Array.from({ length: 5_000 }, (_, index) => ({
      id: `${index}`,
      kind: "ConfigMap",
      name: `c-${index}`,
    }));
    const parts = Array.from({ length: 1_000 }, (_, index) =>
      part(`part-${index}`, index === 0 ? { objects } : {}),
    );
    const { page, source } = await open(1280, parts);
    await row(page, "part-0").locator("summary").click();
    expect(await page.locator(".objects li").count()).toBe(201);
    source.setPart("Application argocd/part-999", { health: "degraded" });
    await row(page, "part-999").locator(".health", { hasText: "degraded" }).waitFor({ timeout: 5_000 });
    await page.getByRole("button", { name: "Show all 5000" }).click();
    expect(await page.locator(".objects li").count()).toBe(5_000);
  });

  test("says that it waits where nothing is there yet", async () => {
    const { page } = await open(390, []);
    expect(await page.locator("#nothing").textContent()).toContain(
      "No Application or Kustomization is here yet",
    );
  });
});
