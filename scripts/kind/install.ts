import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { list, text } from "../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import { objectName } from "../../synth/objects/kubernetes-object.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import type { Problem } from "../../synth/model/problem.ts";
import type { Reconciler } from "../../synth/model/names.ts";
import { runProgram } from "../process/run-program.ts";
import type { KubernetesClient } from "../kubernetes/client.ts";
import { findTool } from "../tools/find.ts";
import { distPath } from "../workspace.ts";
import { helmArguments, installation } from "./installation.ts";
import type { ChartInstall, DistFiles } from "./installation.ts";

interface InstallOptions {
  /** Name of the cluster in the fleet. */
  readonly cluster: string;
  readonly reconciler: Reconciler;
  readonly kubeconfig: string;
  readonly client: KubernetesClient;
  /** Default: that of this process. */
  readonly environment?: NodeJS.ProcessEnv;
  readonly say: (line: string) => void;
}

/** Milliseconds: Helm's own limit is ten minutes. */
const longestInstall = 11 * 60_000;
/** The kubectl wait of docs/bootstrap.md. */
const longestWait = 5 * 60_000;

/**
 * Installs a cluster's reconciler and hands it its bootstrap folder, as docs/bootstrap.md has a person do it. May be
 * run again.
 */
export async function installReconciler(options: InstallOptions): Promise<void> {
  const { cluster, reconciler, client, say } = options;
  const steps = installation(reconciler, readDist(join(distPath, cluster)));
  if (steps === undefined) throw new ProblemsError([notRendered(cluster, reconciler)]);
  for (const step of steps) {
    switch (step.does) {
      case "install":
        say(`installing ${step.chart.chart} ${step.chart.version}`);
        await install(step.chart, options);
        break;
      case "apply":
        for (const object of step.objects) await client.apply(object);
        break;
      case "wait":
        say(`waiting for ${objectName(step.object)}`);
        await waitFor(client, step.object, step.condition);
    }
  }
}

function readDist(folder: string): DistFiles {
  return new Map(
    globSync("**/*.yaml", { cwd: folder }).map((path) => [
      path.replaceAll(sep, "/"),
      readFileSync(join(folder, path), "utf8"),
    ]),
  );
}

async function install(chart: ChartInstall, options: InstallOptions): Promise<void> {
  const { kubeconfig, cluster, environment = process.env } = options;
  const helm = await findTool("helm");
  const folder = mkdtempSync(join(tmpdir(), "slipway-install-"));
  try {
    const values = join(folder, "values.yaml");
    writeFileSync(values, chart.values);
    const env = { ...environment, KUBECONFIG: kubeconfig };
    const { ok, reason } = await runProgram(helm, helmArguments(chart, values), {
      env,
      milliseconds: longestInstall,
    });
    if (!ok) throw new ProblemsError([notInstalled(chart, cluster, reason)]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function waitFor(client: KubernetesClient, object: KubernetesObject, condition: string): Promise<void> {
  const { apiVersion, kind, metadata } = object;
  const { name, namespace } = metadata;
  const reference = { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) };
  const deadline = Date.now() + longestWait;
  for (;;) {
    const found = list(await client.get(reference), "status", "conditions").find(
      (each) => text(each, "type") === condition,
    );
    if (text(found, "status") === "True") return;
    if (Date.now() > deadline) throw new ProblemsError([notReady(object, text(found, "message"))]);
    await sleep(1_000);
  }
}

function notRendered(cluster: string, reconciler: Reconciler): Problem {
  return {
    rule: "reconciler-install",
    at: { definition: `clusters/${cluster}.ts`, cluster },
    what: `dist/${cluster} is not rendered for ${reconciler}`,
    fix: `set reconciler to "${reconciler}" in its definition and run npm run synth, or take the other reconciler`,
  };
}

function notInstalled(
  { chart, version, repository }: ChartInstall,
  cluster: string,
  reason: string,
): Problem {
  return {
    rule: "reconciler-install",
    at: { definition: "docs/bootstrap.md", cluster },
    what: `Helm does not install ${chart} ${version} from ${repository}: ${reason}`,
    fix: "mend what Helm says (it has to reach the chart's repository) and run the command again, which goes on from here",
  };
}

function notReady(object: KubernetesObject, message: string | undefined): Problem {
  return {
    rule: "reconciler-install",
    at: { definition: "docs/bootstrap.md", object: objectName(object) },
    what: `it is not ready after ${longestWait / 60_000} minutes: ${message ?? "nothing has looked at it yet"}`,
    fix: "look at the events of its namespace, then run the command again, which goes on from here",
  };
}
