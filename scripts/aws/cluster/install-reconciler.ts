import { join } from "node:path";
import * as v from "valibot";
import { clusterPath } from "../../../synth/model/paths.ts";
import { ProblemsError } from "../../../synth/model/problem.ts";
import type { Slice } from "../../../synth/resolve/slice.ts";
import { distPath } from "../../workspace.ts";
import type { Session } from "../session.ts";
import { minutes, waitFor } from "../wait.ts";
import type { ClusterAccess } from "./cluster-access.ts";
import { deliveries } from "./delivery.ts";

/** How long Helm waits for the reconciler's pods: nodes may have to pull every image first. */
const helmTimeout = "10m";

/** Charts that have to be there before the reconciler can bring anything, in their order. */
export function installedFirst({ rendered, definition }: Session): readonly Slice[] {
  const { order } = rendered.cluster.cluster;
  const first = order.filter((slice) => slice.chart?.installedFirst === true);
  // With monitoring, the values of Argo CD ask for monitors, whose kind has to be there before them.
  const monitors = order.filter(
    ({ owner }) => definition.reconciler === "argocd" && owner === "prometheus-operator-crds",
  );
  return [...monitors, ...first];
}

/** Paths below dist of what is applied before the reconciler can read any of it, and of the values that it is installed with. */
export function bootstrapPaths({ rendered, definition }: Session): readonly string[] {
  const { name, reconciler } = definition;
  const bootstrap = [...rendered.files.keys()].filter((path) => path.startsWith(`${name}/bootstrap/`));
  return reconciler === "flux" ? [...bootstrap, fluxInstance(name)] : bootstrap;
}

function fluxInstance(cluster: string): string {
  return `${cluster}/configuration/flux-instance/FluxInstance.flux.yaml`;
}

/**
 * Installs the reconciler, unless it is there, and applies the bootstrap folder.
 *
 * @throws ProblemsError if the cluster already follows another folder of dist
 */
export async function installReconciler(
  session: Session,
  access: ClusterAccess,
): Promise<"done" | "unchanged"> {
  const { definition, say } = session;
  const { name, reconciler } = definition;
  const delivery = deliveries[reconciler];
  const there = await delivery.state(access, delivery.root);
  const path = `dist/${name}/reconciler`;
  if (there?.path !== undefined && there.path !== path) {
    throw problem(
      name,
      `the cluster at ${access.address} follows ${there.path}, not ${path}: it is another cluster's`,
      "check --kubeconfig, or eksName in the definition; nothing was done",
    );
  }
  let installed = false;
  // From the first look at git on the reconciler keeps itself; Helm would take it back to what it was.
  if (there?.revision === undefined) {
    for (const slice of installedFirst(session))
      installed = (await installChart(session, access, slice)) || installed;
    if (reconciler === "flux") await startFlux(session, access);
  }
  await access.apply(join(distPath, name, "bootstrap"));
  say(`  the bootstrap folder of ${name} is applied`);
  return installed || there === undefined ? "done" : "unchanged";
}

const releaseStatus = v.object({ info: v.object({ status: v.string() }) });

/** What Helm says of a release, such as `deployed` or `pending-install`; undefined if there is none. */
async function statusOf(
  cluster: string,
  access: ClusterAccess,
  { owner, namespace }: Slice,
): Promise<string | undefined> {
  const args = ["status", owner, "--namespace", namespace, "--output", "json"];
  const { ok, stdout, reason } = await access.helm(args);
  if (ok) return v.parse(releaseStatus, JSON.parse(stdout)).info.status;
  if (/release: not found/.test(reason)) return undefined;
  throw helmProblem(cluster, args, reason);
}

/** False where the release is there and whole. */
async function installChart(session: Session, access: ClusterAccess, slice: Slice): Promise<boolean> {
  const { definition, say } = session;
  const { chart, owner, namespace } = slice;
  if (chart === undefined) return false;
  const status = await statusOf(definition.name, access, slice);
  if (status === "deployed") return false;
  if (status !== undefined) {
    say(`  ${owner} is ${status}: an installation was cut short; it is removed and begun again`);
    await helm(definition.name, access, ["uninstall", owner, "--namespace", namespace, "--wait"]);
  }
  say(`  installing ${owner}: ${chart.name} ${chart.version} from ${chart.repository}`);
  const source = chart.repository.startsWith("oci://")
    ? [`${chart.repository}/${chart.name}`]
    : [chart.name, "--repo", chart.repository];
  const values = chart.installedFirst
    ? ["--values", join(distPath, definition.name, "bootstrap/values", `${owner}.yaml`)]
    : [];
  const where = ["--namespace", namespace, "--create-namespace", "--wait", "--timeout", helmTimeout];
  await helm(definition.name, access, [
    "install",
    owner,
    ...source,
    "--version",
    chart.version,
    ...where,
    ...values,
  ]);
  return true;
}

async function helm(cluster: string, access: ClusterAccess, args: readonly string[]): Promise<string> {
  const { ok, stdout, reason } = await access.helm(args);
  if (ok) return stdout;
  throw helmProblem(cluster, args, reason);
}

function helmProblem(cluster: string, args: readonly string[], reason: string): ProblemsError {
  const what = `helm ${args.slice(0, 2).join(" ")}: ${reason}`;
  return problem(cluster, what, "put that right, then run the command again");
}

const instanceSchema = v.object({
  status: v.optional(
    v.object({ conditions: v.optional(v.array(v.object({ type: v.string(), status: v.string() })), []) }),
  ),
});

/** The operator's chart installs the operator; its instance is what installs Flux. */
async function startFlux({ definition, say }: Session, access: ClusterAccess): Promise<void> {
  await access.apply(join(distPath, fluxInstance(definition.name)));
  say("  waiting for Flux");
  const ready = await waitFor(
    async () => {
      const instance = {
        resource: "fluxinstances.fluxcd.controlplane.io",
        namespace: "flux-system",
        name: "flux",
      };
      const found = await access.find(instanceSchema, instance);
      return (
        found?.status?.conditions?.some(({ type, status }) => type === "Ready" && status === "True") ||
        undefined
      );
    },
    { patience: minutes(10) },
  );
  if (ready) return;
  const fix = "kubectl -n flux-system describe fluxinstance flux says why; then run the command again";
  throw problem(definition.name, "Flux did not become ready within 10 minutes", fix);
}

function problem(cluster: string, what: string, fix: string): ProblemsError {
  return new ProblemsError([
    { rule: "cluster-bootstrap", at: { definition: clusterPath(cluster), cluster }, what, fix },
  ]);
}
