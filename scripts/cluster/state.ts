import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { optional, parse, picklist, strictObject, string } from "valibot";
import type { InferOutput } from "valibot";
import { reconcilers } from "../../synth/model/names.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { privateFile } from "../control-plane/private-file.ts";
import { messageOf } from "../output/message-of.ts";

export const providerNames = ["embedded", "kind"] as const;
export type ProviderName = (typeof providerNames)[number];

const requestSchema = strictObject({
  provider: picklist(providerNames),
  /** The definition it is shaped like. */
  cluster: string(),
  reconciler: optional(picklist(reconcilers)),
  nodes: picklist(["min", "max"]),
});
const readySchema = strictObject({
  address: string(),
  /** What it has published of dist. */
  digest: string(),
  /** SHA of that publication, in the repository that the reconciler follows. */
  commit: string(),
  since: string(),
});

/** What `up` was asked for. */
export type Request = InferOutput<typeof requestSchema>;
/** Written when everything works, and again after each publication. */
export type Ready = InferOutput<typeof readySchema>;

/** Folder of all clusters on this machine that were started from this clone. */
function clustersFolder(root: string): string {
  return join(root, ".slipway/clusters");
}

export function clusterFolder(root: string, name: string): string {
  return join(clustersFolder(root), name);
}

/** Names of the clusters that were started and not taken down. */
export function startedClusters(root: string): readonly string[] {
  const all = clustersFolder(root);
  if (!existsSync(all)) return [];
  return readdirSync(all)
    .filter((name) => existsSync(requestIn(join(all, name))))
    .toSorted();
}

/** What a cluster's keeper runs, apart from the keeper itself, which has to be able to end all that is recorded there. */
export function siteFolder(folder: string): string {
  return join(folder, "site");
}

export function kubeconfigIn(folder: string): string {
  return join(folder, "kubeconfig");
}

function requestIn(folder: string): string {
  return join(folder, "cluster.json");
}

function readyIn(folder: string): string {
  return join(folder, "ready.json");
}

/** Undefined where no cluster was started. */
export function readRequest(folder: string): Request | undefined {
  return read(requestIn(folder), (value) => parse(requestSchema, value));
}

export function writeRequest(folder: string, request: Request): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  privateFile(requestIn(folder), `${JSON.stringify(request, undefined, 2)}\n`);
}

/** Nobody shall take a cluster that never came up for one that was taken up. Its logs stay. */
export function forgetRequest(folder: string): void {
  rmSync(requestIn(folder), { force: true });
}

/** Undefined until everything works. */
export function readReady(folder: string): Ready | undefined {
  return read(readyIn(folder), (value) => parse(readySchema, value));
}

export function writeReady(folder: string, ready: Ready): void {
  privateFile(readyIn(folder), `${JSON.stringify(ready, undefined, 2)}\n`);
}

export function forgetReady(folder: string): void {
  rmSync(readyIn(folder), { force: true });
}

function read<Content>(path: string, parsed: (value: unknown) => Content): Content | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return parsed(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    throw new ProblemsError([
      {
        rule: "cluster-state",
        at: { definition: path },
        what: `it is not what Slipway wrote: ${messageOf(error)}`,
        fix: "take the cluster down, which needs none of it, and up again",
      },
    ]);
  }
}
