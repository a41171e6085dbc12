import { setTimeout as sleep } from "node:timers/promises";
import { field, strings, text } from "../../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import { KubernetesError } from "../../kubernetes/client.ts";
import type { KubernetesClient } from "../../kubernetes/client.ts";
import { say } from "../conditions.ts";
import { referenceOf } from "../reference.ts";
import type { StandIn, StandInContext } from "../stand-in.ts";
import { artifactOf, releaseMark, requestChart, sourceOf } from "./chart-archive.ts";
import type { Artifact } from "./chart-archive.ts";
import { isSame, readInventory, referencesOf, removeInventory, writeInventory } from "./inventory.ts";
import { renderer } from "./rendered.ts";
import type { Render, RenderOptions } from "./rendered.ts";
import { isDone, observed, succeed } from "./status.ts";
import { unready } from "./wait.ts";
import { messageOf } from "../../output/message-of.ts";

export interface HelmOptions extends RenderOptions {
  /** A client that has the rights of a service account and no others. */
  readonly clientOf: (account: { namespace: string; name: string }) => Promise<KubernetesClient>;
}

interface Helm extends Pick<HelmOptions, "clientOf"> {
  readonly render: Render;
}

const finalizer = "finalizers.fluxcd.io";
/** Milliseconds between looks at what a release waits for, and before one that failed is tried again. */
const pause = { look: 500, failed: 5000 };
/** Milliseconds that workloads get to become ready; the release's own `timeout` would outlast the verification. */
const workloadPatience = 60_000;

/** What helm-controller would do with a HelmRelease: install, upgrade, correct and uninstall, with the rights of its account. */
async function reconcile(
  release: KubernetesObject,
  context: StandInContext,
  helm: Helm,
): Promise<number | undefined> {
  const { client, note } = context;
  note(release);
  const account = await helm.clientOf({
    namespace: release.metadata.namespace ?? "",
    name: text(release, "spec", "serviceAccountName") ?? "default",
  });
  if (text(release, "metadata", "deletionTimestamp") !== undefined) {
    return uninstall(release, client, account);
  }
  if (!strings(release, "metadata", "finalizers").includes(finalizer)) {
    const finalizers = [...strings(release, "metadata", "finalizers"), finalizer];
    await client.mergePatch(referenceOf(release), { metadata: { finalizers } });
    return pause.look;
  }
  if (field(release, "spec", "suspend") === true) return undefined;
  const artifact = await artifactOf(release, client);
  if ("waitingFor" in artifact) {
    await requestChart(release, client);
    const message = artifact.waitingFor;
    await say(client, release, { status: "Unknown", reason: "ArtifactFailed", message }, {});
    return pause.look;
  }
  if (isDone(release, artifact)) return undefined;
  return install(release, artifact, { ...context, account, helm });
}

interface Installing extends StandInContext {
  readonly account: KubernetesClient;
  readonly helm: Helm;
}

async function install(
  release: KubernetesObject,
  artifact: Artifact,
  installing: Installing,
): Promise<number | undefined> {
  const { client, account, helm, signal } = installing;
  try {
    const objects = await helm.render(release, artifact);
    const before = await readInventory(release, account);
    const references = referencesOf(objects);
    // Before the first object, so that a stop half-way leaves none that nobody knows of.
    await writeInventory(
      release,
      [...references, ...before.filter((old) => !references.some((each) => isSame(each, old)))],
      account,
    );
    for (const object of objects) await applied(object, account);
    const gone = before.filter((old) => !old.keep && !references.some((each) => isSame(each, old)));
    for (const reference of gone.toReversed()) await account.delete(reference);
    await writeInventory(release, references, account);
    const waiting = await waitFor(references, client, signal);
    if (waiting.length > 0)
      throw new Error(`not ready after ${workloadPatience / 1000} s: ${waiting.join(", ")}`);
    await succeed(release, artifact, client);
    return undefined;
  } catch (error) {
    if (signal.aborted) return undefined;
    const message = messageOf(error);
    await say(client, release, { status: "False", reason: "InstallFailed", message }, observed(release));
    return pause.failed;
  }
}

/** A custom resource is refused until the API server serves its definition, which it does a moment later. */
async function applied(object: KubernetesObject, account: KubernetesClient): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await account.apply(object, { fieldManager: "helm" });
      return;
    } catch (error) {
      const passes = error instanceof KubernetesError && error.reason === "NotServed" && attempt < 20;
      if (!passes) throw error;
      await sleep(pause.look);
    }
  }
}

async function waitFor(
  references: readonly ReturnType<typeof referencesOf>[number][],
  client: KubernetesClient,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const started = Date.now();
  for (;;) {
    const waiting = await unready(references, client);
    if (waiting.length === 0 || Date.now() - started > workloadPatience) return waiting;
    await sleep(pause.look, undefined, { signal });
  }
}

async function uninstall(
  release: KubernetesObject,
  client: KubernetesClient,
  account: KubernetesClient,
): Promise<undefined> {
  const finalizers = strings(release, "metadata", "finalizers");
  if (!finalizers.includes(finalizer)) return;
  for (const reference of (await readInventory(release, account)).toReversed()) {
    if (!reference.keep) await account.delete(reference);
  }
  await removeInventory(release, account);
  if (field(release, "spec", "chart") !== undefined) {
    const { namespace = "" } = release.metadata;
    const { kind, name } = sourceOf(release);
    await client.delete({ apiVersion: "source.toolkit.fluxcd.io/v1", kind, name, namespace });
  }
  const rest = finalizers.filter((each) => each !== finalizer);
  await client.mergePatch(referenceOf(release), { metadata: { finalizers: rest } });
}

export function helmController(options: HelmOptions): StandIn {
  const source = "source.toolkit.fluxcd.io/v1";
  const helm = { clientOf: options.clientOf, render: renderer(options) };
  return {
    standsInFor:
      "Flux's helm-controller: HelmReleases, rendered by Helm and applied with the rights of their accounts",
    watches: { apiVersion: "helm.toolkit.fluxcd.io/v2", kind: "HelmRelease" },
    also: [
      {
        apiVersion: source,
        kind: "HelmChart",
        ownerOf: ({ metadata: { namespace, annotations } }) => {
          const name = annotations?.[releaseMark];
          return name === undefined || namespace === undefined ? undefined : { name, namespace };
        },
      },
    ],
    reconcile: (release, context) => reconcile(release, context, helm),
  };
}
