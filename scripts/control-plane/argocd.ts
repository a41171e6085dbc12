import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { RunningProgram } from "../process/program.ts";
import { fileBeside, findTools } from "../tools/find.ts";
import {
  argoCdNamespace,
  controllerAccount,
  environmentFrom,
  repoServerAccount,
  settingsFrom,
  settingsObjects,
} from "./argocd-settings.ts";
import { retryComparisons } from "./argocd-errors.ts";
import { releaseProjects } from "./argocd-projects.ts";
import { refreshApplications } from "./argocd-refresh.ts";
import type { ControlPlane } from "./control-plane.ts";
import { crdsIn, establishCrds } from "./crds.ts";
import { withFreePorts } from "./free-port-attempts.ts";
import type { ArgoCdOptions, RunningReconciler } from "./reconciler.ts";
import { listens, startRedis } from "./redis.ts";
import { programEnvironment, runningReconciler } from "./running-reconciler.ts";
import { waitFor } from "./wait.ts";

/** Milliseconds, on a machine that does much else. */
const patience = 180_000;
/**
 * Where Argo CD only waits, it waits less here: a second between two waves for other controllers to notice what was
 * applied, instead of two. What drifts again within five minutes it leaves alone for 2 s, then 6, 18, 54 and so on;
 * whoever edits an object by hand and then takes an app out, as a verification does, would wait for minutes.
 */
const promptness = {
  ARGOCD_SYNC_WAVE_DELAY: "1",
  ARGOCD_APPLICATION_CONTROLLER_SELF_HEAL_BACKOFF_TIMEOUT_SECONDS: "1",
  ARGOCD_APPLICATION_CONTROLLER_SELF_HEAL_BACKOFF_FACTOR: "1",
} as const;
/** Longest path of a Unix socket, on macOS. */
const longestSocket = 103;

/**
 * Argo CD's application controller and repo-server, with Redis: the parts that reconcile. There is no web server.
 *
 * @throws ProblemsError where Argo CD, Helm or Redis cannot be had, or does not come up
 */
export async function startArgoCd(
  plane: ControlPlane,
  options: ArgoCdOptions = {},
): Promise<RunningReconciler> {
  const { say = (line: string) => console.error(line) } = options;
  const { argocd, helm } = await findTools(["argocd", "helm"], { say });
  const settings = settingsFrom(argocd, options.values);
  await plane.client.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: argoCdNamespace } });
  await Promise.all([
    // No fleet has ApplicationSets, and theirs is a megabyte.
    establishCrds(plane.client, crdsIn(fileBeside(argocd, "crds"), ["ApplicationSet"])),
    ...settingsObjects(settings).map((object) => plane.client.apply(object)),
  ]);
  const base = programEnvironment(plane, { ...options, toolsOnPath: toolFolders(options, helm) });
  const programs = await withFreePorts(4, (ports) => start(plane, argocd, settings, base, ports));
  const running = runningReconciler(programs, () => refreshApplications(plane.client));
  const following = [releaseProjects(plane.client), retryComparisons(plane.client)];
  return {
    ...running,
    stop: async () => {
      await Promise.all(following.map((stop) => stop()));
      await running.stop();
    },
  };
}

function toolFolders({ toolsOnPath = [] }: ArgoCdOptions, helm: string): readonly string[] {
  return [...toolsOnPath, dirname(helm)];
}

async function start(
  plane: ControlPlane,
  argocd: string,
  settings: ReturnType<typeof settingsFrom>,
  base: Readonly<Record<string, string>>,
  [redisPort = 0, repoPort = 0, repoMetrics = 0, controllerMetrics = 0]: readonly number[],
): Promise<readonly RunningProgram[]> {
  const redis = await startRedis(plane, redisPort);
  const environment = { ...base, REDIS_PASSWORD: redis.password, ARGOCD_FAKE_IN_CLUSTER: "true" };
  const configuration = join(plane.folder, "argocd");
  mkdirSync(configuration, { recursive: true, mode: 0o700 });
  const repoServer = await plane.startProgram({
    name: "argocd-repo-server",
    program: argocd,
    argv0: "argocd-repo-server",
    args: [
      "--address=127.0.0.1",
      `--port=${repoPort}`,
      "--metrics-address=127.0.0.1",
      `--metrics-port=${repoMetrics}`,
      "--disable-tls",
      `--redis=${redis.address}`,
    ],
    env: {
      ...environmentFrom(fileBeside(argocd, "repo-server.yaml"), settings),
      ...environment,
      KUBECONFIG: plane.kubeconfigOf(repoServerAccount),
      ARGOCD_BINARY_NAME: "argocd-repo-server",
      ARGOCD_GPG_ENABLED: "false",
      ARGOCD_TLS_DATA_PATH: join(configuration, "tls"),
      ARGOCD_SSH_DATA_PATH: join(configuration, "ssh"),
      ARGOCD_PLUGINSOCKFILEPATH: join(configuration, "plugins"),
      ARGOCD_ASK_PASS_SOCK: askPassSocket(configuration, repoPort),
    },
  });
  const controller = await plane.startProgram({
    name: "argocd-application-controller",
    program: argocd,
    argv0: "argocd-application-controller",
    args: [
      `--metrics-port=${controllerMetrics}`,
      `--redis=${redis.address}`,
      `--repo-server=127.0.0.1:${repoPort}`,
      "--repo-server-plaintext",
    ],
    env: {
      ...environmentFrom(fileBeside(argocd, "application-controller.yaml"), settings),
      ...environment,
      KUBECONFIG: plane.kubeconfigOf(controllerAccount),
      ARGOCD_BINARY_NAME: "argocd-application-controller",
      ARGOCD_K8S_CLIENT_QPS: "500",
      ...promptness,
    },
  });
  const programs = [redis.program, repoServer, controller];
  const wait = { what: "Argo CD to answer", milliseconds: patience, needs: programs };
  await waitFor(wait, async () => {
    const all = await Promise.all([repoPort, repoMetrics, controllerMetrics, redisPort].map(listens));
    return all.every(Boolean) ? true : undefined;
  });
  return programs;
}

function askPassSocket(folder: string, port: number): string {
  const path = join(folder, "ask-pass.sock");
  return path.length <= longestSocket ? path : join(tmpdir(), `slipway-ask-pass-${port}.sock`);
}
