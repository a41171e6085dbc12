import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import type { BrowserContext, Page } from "playwright-core";
import { onTestFinished } from "vitest";

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  existsSync,
);

export const hasBrowser = executablePath !== undefined;
if (!hasBrowser)
  console.warn("skipped tests of the live page: there is no Chromium\n  fix  apt-get install chromium");

/** A browser that asks nobody but us, with no memory of others. */
export async function openBrowser(width: number, colorScheme: "light" | "dark" = "light"): Promise<Page> {
  const profile = mkdtempSync(join(tmpdir(), "slipway-browser-"));
  const context: BrowserContext = await chromium.launchPersistentContext(profile, {
    ...(executablePath !== undefined && { executablePath }),
    headless: true,
    viewport: { width, height: 900 },
    colorScheme,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  onTestFinished(async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  });
  return context.pages()[0] ?? (await context.newPage());
}
