import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { receivers } from "../../../clusters/monitoring.ts";
import { alertmanagerConfig } from "../../../platform/monitoring/receivers.ts";
import { runProgram } from "../../../scripts/process/run-program.ts";
import { findTool, whyNoTools } from "../../../scripts/tools/find.ts";

const missing = whyNoTools(["amtool"]);
if (missing !== undefined) console.warn(`skipped amtool.test.ts: ${missing}`);

describe.skipIf(missing !== undefined)("Alertmanager's own tool", () => {
  const folder = mkdtempSync(join(tmpdir(), "slipway-amtool-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function written(name: string, config: object): string {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(config));
    return path;
  }

  const production = { ...receivers, pagerDuty: true, deadMansSwitch: true };
  const configs = {
    production: written("production.yaml", alertmanagerConfig(production)),
    others: written("others.yaml", alertmanagerConfig(receivers)),
  };

  async function amtool(...args: readonly string[]) {
    return runProgram(await findTool("amtool"), args, { cwd: folder });
  }

  test.each(Object.entries(configs))("takes the configuration of %s", async (_name, path) => {
    expect(await amtool("check-config", path)).toMatchObject({ ok: true, reason: "" });
  });

  test("refuses a receiver that nobody has", async () => {
    const config = alertmanagerConfig(receivers);
    const broken = written("broken.yaml", { ...config, receivers: config.receivers.slice(1) });
    expect(await amtool("check-config", broken)).toMatchObject({ ok: false });
  });

  test.each([
    ["production", "on-call", ["severity=page", "environment=prod"]],
    ["production", "on-call", ["severity=critical"]],
    ["production", "tickets", ["severity=page", "environment=staging"]],
    ["production", "tickets", ["severity=ticket", "environment=prod"]],
    ["production", "tickets", ["severity=warning"]],
    ["production", "mail", ["severity=info", "environment=prod"]],
    ["production", "dead-mans-switch", ["alertname=Watchdog", "severity=none"]],
    ["production", "nobody", ["alertname=InfoInhibitor", "severity=none"]],
    ["others", "tickets", ["severity=page", "environment=prod"]],
    ["others", "tickets", ["severity=critical"]],
    ["others", "nobody", ["alertname=Watchdog", "severity=none"]],
  ] as const)("on %s: to %s goes %j", async (name, receiver, labels) => {
    const ran = await amtool("config", "routes", "test", `--config.file=${configs[name]}`, ...labels);
    expect(ran.stdout.trim()).toBe(receiver);
  });
});
