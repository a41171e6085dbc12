import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { field, list, text } from "../../synth/objects/json-fields.ts";
import type { RunningProgram } from "../process/program.ts";
import { fileBeside, findTools } from "../tools/find.ts";
import { clusterAdmin } from "./argocd-settings.ts";
import type { ControlPlane } from "./control-plane.ts";
import { crdsIn, establishCrds } from "./crds.ts";
import { requestReconciliation } from "./flux-request.ts";
import { withFreePorts } from "./free-port-attempts.ts";
import type { FluxOptions, RunningReconciler } from "./reconciler.ts";
import { listens } from "./redis.ts";
import { programEnvironment, runningReconciler } from "./running-reconciler.ts";
import { waitFor } from "./wait.ts";

const namespace = "flux-system";
const controllers = ["source-controller", "kustomize-controller"] as const;
type Controller = (typeof controllers)[number];

/** Milliseconds, on a machine that does much else. */
const patience = 180_000;

/**
 * Dependencies are looked at twice a second, and what has failed is tried again every few seconds instead of ever later,
 * up to a quarter of an hour: a chart waited more than a minute for its repository that was there again. Given last, so
 * that it counts whatever the cluster's own is told.
 */
const promptness = ["--requeue-dependency=500ms", "--max-retry-delay=5s"];
/** The same for both. */
const shared = ["--metrics-addr=0", "--log-level=info", "--kube-api-qps=500", "--kube-api-burst=1000"];

/**
 * Flux's source-controller and kustomize-controller. helm-controller is not to be had as a module.
 *
 * @throws ProblemsError where a controller cannot be had, or does not come up
 */
export async function startFlux(plane: ControlPlane, options: FluxOptions = {}): Promise<RunningReconciler> {
  const { say = (line: string) => console.error(line) } = options;
  const tools = await findTools(controllers, { say });
  await plane.client.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
  await Promise.all(
    controllers.flatMap((name) => [
      establishCrds(plane.client, crdsIn(fileBeside(tools[name], "crds"))),
      plane.client.apply({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace } }),
      ...clusterAdmin(name, { namespace, name }).map((object) => plane.client.apply(object)),
    ]),
  );
  const programs = await withFreePorts(3, (ports) => start(plane, tools, options, ports));
  return runningReconciler(programs, () => requestReconciliation(plane.client));
}

async function start(
  plane: ControlPlane,
  tools: Readonly<Record<Controller, string>>,
  options: FluxOptions,
  [storage = 0, ...health]: readonly number[],
): Promise<readonly RunningProgram[]> {
  const artifacts = join(plane.folder, "flux");
  mkdirSync(artifacts, { recursive: true, mode: 0o700 });
  const own: Readonly<Record<Controller, readonly string[]>> = {
    "source-controller": [
      `--storage-path=${artifacts}`,
      `--storage-addr=127.0.0.1:${storage}`,
      `--storage-adv-addr=127.0.0.1:${storage}`,
    ],
    "kustomize-controller": ["--no-remote-bases"],
  };
  const programs = await Promise.all(
    controllers.map((name, index) =>
      plane.startProgram({
        name,
        program: tools[name],
        args: [
          ...shared,
          `--health-addr=127.0.0.1:${health[index]}`,
          ...own[name],
          ...argumentsIn(options.instance, name),
          ...promptness,
        ],
        env: {
          ...programEnvironment(plane, options),
          KUBECONFIG: plane.kubeconfigOf({ namespace, name }),
          RUNTIME_NAMESPACE: namespace,
        },
      }),
    ),
  );
  await waitFor({ what: "Flux to answer", milliseconds: patience, needs: programs }, async () => {
    const all = await Promise.all([storage, ...health].map(listens));
    return all.every(Boolean) ? true : undefined;
  });
  return programs;
}

/** What a FluxInstance's patches add to the arguments of a controller. */
function argumentsIn(instance: string | undefined, controller: Controller): readonly string[] {
  if (instance === undefined) return [];
  const patches = list(load(instance), "spec", "kustomize", "patches").filter(
    (patch) => text(patch, "target", "name") === controller,
  );
  return patches
    .flatMap((patch) => [load(text(patch, "patch") ?? "")].flat())
    .filter((operation) => (text(operation, "path") ?? "").endsWith("/args/-"))
    .map((operation) => String(field(operation, "value")));
}
