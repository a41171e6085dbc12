import { chmodSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { $ } from "zx/core";
import { clusterPath } from "../../../synth/model/paths.ts";
import { ProblemsError } from "../../../synth/model/problem.ts";
import { findHelm } from "../../charts/helm.ts";
import { stateFolder } from "../lock.ts";
import type { Session } from "../session.ts";
import type { ClusterAccess, ObjectName } from "./cluster-access.ts";

const again = "run the command again: it goes on where it stopped";

/**
 * The way to a cluster's API, by kubectl: with a kubeconfig that EKS gives, kept in an ignored folder and never the user's own,
 * or with one that is given.
 *
 * @param kubeconfig path of one that leads to the cluster, such as through a bastion; undefined to ask EKS
 */
export async function connect(session: Session, kubeconfig: string | undefined): Promise<ClusterAccess> {
  const { aws, definition } = session;
  if (kubeconfig !== undefined) return accessBy(definition.name, kubeconfig);
  const path = join(stateFolder(definition.name), "kubeconfig");
  const which = ["--name", definition.eksName, "--alias", definition.name, "--kubeconfig", path];
  await aws.tell(["eks", "update-kubeconfig", ...which]);
  chmodSync(path, 0o600);
  return accessBy(definition.name, path);
}

/** @throws ProblemsError if nobody answers there */
async function accessBy(cluster: string, kubeconfig: string): Promise<ClusterAccess> {
  const shell = $({ quiet: true, nothrow: true, env: { ...process.env, KUBECONFIG: kubeconfig } });
  const run = async (args: readonly string[]) => {
    const { exitCode, stdout, stderr } = await shell`kubectl ${["--request-timeout", "60s", ...args]}`;
    return { ok: exitCode === 0, isMissing: exitCode === 127, stdout, reason: stderr.trim() };
  };
  const refuse = (what: string, fix: string): never => {
    const at = { definition: clusterPath(cluster), cluster };
    throw new ProblemsError([{ rule: "cluster-access", at, what, fix }]);
  };
  const orRefuse = async (args: readonly string[]): Promise<string> => {
    const { ok, isMissing, stdout, reason } = await run(args);
    if (isMissing) refuse("there is no kubectl to run", "install kubectl, and have it on PATH");
    return ok
      ? stdout
      : refuse(`kubectl ${args.slice(0, 2).join(" ")}: ${lastLine(reason)}`, `put that right, then ${again}`);
  };
  const get = async (args: readonly string[]): Promise<unknown> => {
    const { ok, stdout, reason } = await run(["get", ...args, "--output", "json"]);
    if (ok) return JSON.parse(stdout);
    if (/\(NotFound\)|doesn't have a resource type|no matches for kind/.test(reason)) return undefined;
    return refuse(
      `kubectl get ${args.join(" ")}: ${lastLine(reason)}`,
      `check the way to the API server, then ${again}`,
    );
  };
  const address = await orRefuse([
    "config",
    "view",
    "--minify",
    "--output",
    "jsonpath={.clusters[0].cluster.server}",
  ]);
  await orRefuse(["version", "--output", "json"]);
  return {
    address,
    find: async (schema, object) => {
      const found = await get(words(object));
      return found === undefined ? undefined : v.parse(schema, found);
    },
    list: async (schema, resource) => {
      const found = await get([resource, "--all-namespaces"]);
      return v.parse(v.optional(v.object({ items: v.array(schema) }), { items: [] }), found).items;
    },
    apply: async (path) => {
      await orRefuse(["apply", "--server-side", "--filename", path]);
    },
    patch: async (object, patch) => {
      await orRefuse(["patch", ...words(object), "--type", "merge", "--patch", JSON.stringify(patch)]);
    },
    helm: async (args) => {
      const helm = await findHelm();
      const { exitCode, stdout, stderr } = await shell`${helm.path} ${[...args]}`;
      return { ok: exitCode === 0, stdout, reason: lastLine(stderr) };
    },
  };
}

function words({ resource, namespace, name }: ObjectName): readonly string[] {
  return [resource, name, ...(namespace === undefined ? [] : ["--namespace", namespace])];
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
