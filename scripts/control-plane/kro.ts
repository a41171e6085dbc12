import { readManifest } from "../../synth/charts/kubernetes-yaml.ts";
import { isKubernetesObject } from "../../synth/objects/plain.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { runProgram } from "../process/run-program.ts";
import type { RunningProgram } from "../process/program.ts";
import { fileBeside, findTools } from "../tools/find.ts";
import type { ControlPlane } from "./control-plane.ts";
import { establishCrds } from "./crds.ts";
import { withFreePorts } from "./free-port-attempts.ts";
import { listens } from "./redis.ts";
import { waitFor } from "./wait.ts";

export interface KroOptions {
  /** Path of a JSON or YAML file with the values of its chart, as dist has them. */
  readonly values: string;
  /** Told what is being built, one line each. */
  readonly say?: (line: string) => void;
}

export interface RunningKro {
  readonly program: RunningProgram;
  /** Port of its metrics on loopback, below /metrics. */
  readonly metricsPort: number;
}

/** Namespace and service account of its chart. */
const account = { namespace: "kro", name: "kro" };

/** Kinds of the chart without which it does not run; its pod runs beside the cluster. */
const rights: ReadonlySet<string> = new Set(["ServiceAccount", "ClusterRole", "ClusterRoleBinding"]);

/**
 * kro, with the kinds and the rights that its own chart gives it under these values, and no others.
 *
 * @throws ProblemsError where it cannot be had, its chart does not render, or it does not come up
 */
export async function startKro(plane: ControlPlane, options: KroOptions): Promise<RunningKro> {
  const { values, say = (line: string) => console.error(line) } = options;
  const tools = await findTools(["kro", "helm"], { say });
  const objects = await chartObjects(tools.helm, fileBeside(tools.kro, "chart"), values);
  const { client } = plane;
  await client.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: account.namespace } });
  await establishCrds(
    client,
    objects.filter(({ kind }) => kind === "CustomResourceDefinition"),
  );
  for (const object of objects.filter(({ kind }) => rights.has(kind))) await client.apply(object);
  return withFreePorts(2, ([metrics = 0, health = 0]) => start(plane, tools.kro, metrics, health));
}

async function start(
  plane: ControlPlane,
  program: string,
  metricsPort: number,
  healthPort: number,
): Promise<RunningKro> {
  const running = await plane.startProgram({
    name: "kro",
    program,
    args: [
      `--metrics-bind-address=127.0.0.1:${metricsPort}`,
      `--health-probe-bind-address=127.0.0.1:${healthPort}`,
      // As platform/kro.ts sets them.
      "--dynamic-controller-concurrent-reconciles=8",
      "--dynamic-controller-rate-limiter-rate-limit=100",
      "--zap-encoder=console",
      "--zap-log-level=info",
    ],
    env: { ...process.env, KUBECONFIG: plane.kubeconfigOf(account) },
  });
  await waitFor({ what: "kro to answer", milliseconds: 180_000, needs: [running] }, async () =>
    (await listens(healthPort)) ? true : undefined,
  );
  return { program: running, metricsPort };
}

async function chartObjects(
  helm: string,
  chart: string,
  values: string,
): Promise<readonly KubernetesObject[]> {
  const { ok, stdout, reason } = await runProgram(helm, [
    "template",
    "kro",
    chart,
    "--namespace",
    account.namespace,
    "--include-crds",
    "--values",
    values,
  ]);
  if (ok) return readManifest(stdout).filter(isKubernetesObject);
  throw new ProblemsError([
    {
      rule: "kro-chart",
      at: { definition: "platform/kro.ts" },
      what: `kro's chart does not render with the values of dist: ${reason}`,
      fix: "correct the values, or the version of the chart",
    },
  ]);
}
