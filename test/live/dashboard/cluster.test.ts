import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { clusterFolder, kubeconfigIn, siteFolder } from "../../../scripts/cluster/state.ts";
import type { Picture } from "../../../scripts/dashboard/model.ts";
import type { KubernetesClient } from "../../../scripts/kubernetes/client.ts";
import { connectKubernetes } from "../../../scripts/kubernetes/connect.ts";
import { livingProcesses } from "../../../scripts/process/record.ts";
import { repository, slipway } from "../../commands/slipway.ts";
import { hasBrowser, openBrowser } from "./browser.ts";
import { skipReason } from "../control-plane/plane.ts";

const lacking = skipReason("argocd", "kustomize-controller", "source-controller", "helm");

/** Milliseconds for a cluster to become what dist says, on a machine that does other things as well. */
const patience = 180_000;

function nameOf(reconciler: string): string {
  return `page-${reconciler}-${process.pid}`;
}

async function pictureOf(name: string): Promise<Picture> {
  const { stdout } = await slipway(["status", "--live", "--cluster", name, "--json"]);
  return JSON.parse(stdout);
}

/** The page as a person gets it: the command, and the address that it prints. */
async function openPage(name: string): Promise<Page> {
  const args = [join(repository, "scripts/cli.ts"), "status", "--live", "--cluster", name, "--serve"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(async () => {
    child.kill("SIGINT");
    await once(child, "close");
    expect(child.exitCode).toBe(0);
  });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
  await expect.poll(() => said, { timeout: 20_000 }).toMatch(/^http:\S+ shows .*; Ctrl-C ends it$/m);
  const page = await openBrowser(1280);
  await page.goto(/http:\S+/.exec(said)?.[0] ?? "");
  return page;
}

const row = (page: Page, name: string) => page.locator(".part", { has: page.locator(`text="${name}"`) });

describe.skipIf(lacking !== undefined).each(["argocd", "flux"] as const)(
  "a cluster with %s",
  (reconciler) => {
    const name = nameOf(reconciler);
    let client: KubernetesClient;

    beforeAll(async () => {
      const { status, stderr } = await slipway([
        "cluster",
        "up",
        "local",
        "--name",
        name,
        "--reconciler",
        reconciler,
      ]);
      expect(status, stderr).toBe(0);
      client = await connectKubernetes(kubeconfigIn(clusterFolder(repository, name)));
    }, patience);

    afterAll(async () => {
      client?.close();
      await slipway(["cluster", "down", name]);
    });

    test(
      "tells its parts, and by its exit code whether all of them are well",
      async () => {
        await expect
          .poll(async () => (await pictureOf(name)).parts.find((part) => part.name === "namespaces"), {
            timeout: patience,
            interval: 1_000,
          })
          .toMatchObject({ layer: "foundation", sync: "synced", health: "healthy" });
        const { status, stdout } = await slipway(["status", "--live", "--cluster", name]);
        const isWell = /^\d+ parts, synced and healthy$/m.test(stdout);
        expect(status).toBe(isWell ? 0 : 2);
        expect(stdout).toMatch(/^namespaces +foundation +synced +healthy /m);
      },
      2 * patience,
    );

    test.skipIf(!hasBrowser)(
      "is shown as it changes, and as gone while its API server does not answer",
      async () => {
        const page = await openPage(name);
        await row(page, "priority-classes")
          .locator(".health", { hasText: "healthy" })
          .waitFor({ timeout: patience });
        await page.evaluate("window.loadedOnce = true");
        await change(reconciler, client, page);
        const processes = livingProcesses(siteFolder(clusterFolder(repository, name)));
        const server = processes.find((each) => each.name === "kube-apiserver");
        if (server === undefined) throw new Error("no API server is on record");
        process.kill(server.pid, "SIGSTOP");
        try {
          await page.locator("#connection[data-state=away]").waitFor({ timeout: 30_000 });
        } finally {
          process.kill(server.pid, "SIGCONT");
        }
        await page.locator("#connection[data-state=live]").waitFor({ timeout: 60_000 });
        expect(await page.evaluate("window.loadedOnce")).toBe(true);
      },
      3 * patience,
    );
  },
);

/** Something that a person does to the cluster, and that has to show without the page being loaded again. */
async function change(reconciler: "argocd" | "flux", client: KubernetesClient, page: Page): Promise<void> {
  if (reconciler === "argocd") {
    const server = row(page, "metrics-server");
    await server.locator(".health", { hasText: /^healthy$/ }).waitFor({ timeout: patience });
    await client.delete({
      apiVersion: "apps/v1",
      kind: "Deployment",
      namespace: "kube-system",
      name: "metrics-server",
    });
    await server.locator(".health", { hasText: /^(?:missing|progressing)$/ }).waitFor({ timeout: 60_000 });
    await server.locator(".health", { hasText: /^healthy$/ }).waitFor({ timeout: patience });
    return;
  }
  const kustomization = {
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    namespace: "flux-system",
    name: "priority-classes",
  };
  await client.mergePatch(kustomization, { spec: { suspend: true } });
  await row(page, "priority-classes")
    .locator(".health", { hasText: "suspended" })
    .waitFor({ timeout: 30_000 });
  await client.mergePatch(kustomization, { spec: { suspend: false } });
  await row(page, "priority-classes")
    .locator(".sync", { hasText: /^synced$/ })
    .waitFor({ timeout: 60_000 });
}
