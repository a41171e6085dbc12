import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { htmlReport } from "../../../scripts/report/html.ts";
import { object, web } from "../../changes/dist-files.ts";
import { madeReport } from "../../report/made-report.ts";

/** Where Debian installs it; another place is named by the variable. */
const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** Nothing that a browser does by itself, and no sandbox, which containers do not allow. */
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const hostile =
  '</pre><script>document.title = "taken"</script><img src="http://127.0.0.1:9/x" onerror="document.title = \'taken\'">';
const settings = (value: string, name = "settings") =>
  object("v1", "ConfigMap", name, { data: { sun: value } }, "shop");
const long = "a-rather-long-name-of-an-object-that-does-not-fit-the-width-of-a-telephone-in-one-line";
const report = madeReport(
  [
    web(),
    settings("half"),
    settings(`one\n${"x".repeat(300)}`, long),
    object("v1", "PersistentVolumeClaim", "pictures", {}, "shop"),
  ],
  [
    web({ container: { image: "shop/web:2.0.0" }, spec: { replicas: 5 } }),
    settings(hostile),
    settings(`two\n${"y".repeat(300)}`, long),
    {
      object: object("v1", "Service", "web", { spec: { ports: [{ port: 80 }] } }, "shop"),
      cluster: "meadow",
    },
  ],
);

const folder = mkdtempSync(join(tmpdir(), "slipway-page-"));
const file = join(folder, "report.html");
const requests: string[] = [];
const messages: string[] = [];
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  writeFileSync(file, htmlReport(report));
  context = await chromium.launchPersistentContext(join(folder, "profile"), {
    executablePath,
    headless: true,
    args,
  });
  page = await context.newPage();
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => messages.push(message.text()));
  page.on("pageerror", (error) => messages.push(error.message));
  await page.goto(pathToFileURL(file).href);
});

afterAll(async () => {
  await context?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Widths of a phone and of a desk, in pixels. */
const widths = [360, 390, 768, 1280, 1920];

describe("the page of a diff, in Chromium", () => {
  test("asks for nothing but itself, and has nothing to complain of", () => {
    expect(requests).toEqual([pathToFileURL(file).href]);
    expect(messages).toEqual([]);
  });

  test("shows hostile text as text", async () => {
    expect(await page.title()).toBe("Slipway: what changes");
    expect(await page.locator("img").count()).toBe(0);
    expect(await page.locator(".change", { hasText: hostile.slice(0, 30) }).count()).toBe(1);
  });

  test("begins with the verdict", async () => {
    expect(await page.locator("h1").innerText()).toBe("1 finding stops this change");
    const box = await page.locator("h1").boundingBox();
    expect(box?.y).toBeLessThan(120);
  });

  test.each(widths)("has no sideways scrolling at %i pixels, in light and in dark", async (width) => {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const widest = await page.evaluate("document.documentElement.scrollWidth");
      expect(widest).toBeLessThanOrEqual(width);
    }
  });

  test.each(["light", "dark"] as const)("has text that stands out in %s", async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    for (const selector of [
      "body",
      ".dim",
      ".effect-deletion",
      ".effect-network",
      ".effect-rollout",
      "pre .add",
      "pre .del",
    ]) {
      expect(await contrastOf(selector), `${selector} in ${colorScheme}`).toBeGreaterThan(4.5);
    }
  });

  test("finds changes by text and by effect", async () => {
    const shown = () => page.locator(".change:visible .name:visible").allInnerTexts();
    const everything = await shown();
    await page.locator("#search").fill("pictures");
    expect(await shown()).toEqual(["-PersistentVolumeClaim pictures is removed"]);
    await page.locator("#search").fill("");
    await page.locator('button[data-effect="rollout"]').click();
    expect(await shown()).toEqual(["~Deployment web"]);
    await page.locator('button[data-effect="rollout"]').click();
    expect(await shown()).toEqual(everything);
  });

  test("shows a new object as a whole to who asks", async () => {
    const service = page.locator(".change", { hasText: "Service web is new" });
    await service.locator("summary", { hasText: "the whole object" }).click();
    expect(await service.locator("pre").innerText()).toContain("port: 80");
  });

  test("can be read without its script", async () => {
    const browser = await chromium.launch({ executablePath, headless: true, args });
    const still = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await still.goto(pathToFileURL(file).href);
    expect(await still.locator(".change:visible").count()).toBeGreaterThan(3);
    expect(await still.locator(".tools:visible").count()).toBe(0);
    await browser.close();
  });
});

/** Contrast of the first such element's text with what is behind it, as WCAG reckons it; fails without such an element. */
async function contrastOf(selector: string): Promise<number> {
  const script = `(${colours})(document.querySelector(${JSON.stringify(selector)}))`;
  const [text = "", paper = ""] = await page.evaluate<readonly string[]>(script);
  const [a, b] = [luminance(text), luminance(paper)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** Runs in the page, whose types are not this project's: the colour of an element, and the first solid one behind it. */
const colours = `(element) => {
  const colour = getComputedStyle(element).color;
  while (element && getComputedStyle(element).backgroundColor === "rgba(0, 0, 0, 0)") element = element.parentElement;
  return [colour, element ? getComputedStyle(element).backgroundColor : "rgb(255, 255, 255)"];
}`;

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((value) => {
    const share = Number(value) / 255;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test("the report of an empty change is a page, too", () => {
  expect(htmlReport(madeReport([], []))).toContain("Nothing changes in any cluster");
});
