import { spawnSync } from "node:child_process";
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startProgram } from "../../../../scripts/process/program.ts";
import type { RunningProgram } from "../../../../scripts/process/program.ts";
import { findTools, whyNoTools } from "../../../../scripts/tools/find.ts";
import { freePort } from "./moto.ts";

/** A Kubernetes API without nodes or controllers: what is put there stays as it is. */
export interface ApiServer {
  readonly kubeconfig: string;
  readonly kubectl: (args: readonly string[], input?: string) => string;
  readonly stop: () => Promise<void>;
}

const programs = ["etcd", "kube-apiserver", "kubectl", "helm"] as const;

/** Why the programs that it needs cannot be had; undefined where they can. */
export const whyNoApiServer = (): string | undefined => whyNoTools(programs);

/** Puts the pinned programs first on PATH, where the commands under test look for them too. */
async function usePinnedPrograms(): Promise<void> {
  const folders = Object.values(await findTools(programs)).map((path) => dirname(path));
  process.env["PATH"] = [...new Set(folders), process.env["PATH"]].join(delimiter);
}

/** Starts etcd and kube-apiserver on loopback, with everything in a folder of its own. They end with this process, however that ends. */
export async function startApiServer(): Promise<ApiServer> {
  await usePinnedPrograms();
  const folder = mkdtempSync(join(tmpdir(), "slipway-api-"));
  const [client, peer, port] = [await freePort(), await freePort(), await freePort()];
  const tools = await findTools(programs);
  const started: RunningProgram[] = [];
  const start = async (name: "etcd" | "kube-apiserver", args: readonly string[]) =>
    void started.push(await startProgram({ name, program: tools[name], args, folder }));
  await start("etcd", [
    `--data-dir=${folder}/etcd`,
    `--listen-client-urls=http://127.0.0.1:${client}`,
    `--advertise-client-urls=http://127.0.0.1:${client}`,
    `--listen-peer-urls=http://127.0.0.1:${peer}`,
    `--initial-advertise-peer-urls=http://127.0.0.1:${peer}`,
    `--initial-cluster=default=http://127.0.0.1:${peer}`,
    "--unsafe-no-fsync",
  ]);
  const token = randomUUID();
  writeFileSync(join(folder, "tokens.csv"), `${token},admin,admin,system:masters\n`);
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  writeFileSync(join(folder, "accounts.key"), privateKey.export({ type: "pkcs1", format: "pem" }));
  await start("kube-apiserver", [
    `--etcd-servers=http://127.0.0.1:${client}`,
    `--secure-port=${port}`,
    "--bind-address=127.0.0.1",
    `--cert-dir=${folder}/certificates`,
    `--token-auth-file=${folder}/tokens.csv`,
    "--authorization-mode=AlwaysAllow",
    "--service-account-issuer=https://kubernetes.default.svc",
    `--service-account-key-file=${folder}/accounts.key`,
    `--service-account-signing-key-file=${folder}/accounts.key`,
    "--service-cluster-ip-range=10.96.0.0/16",
    "--disable-admission-plugins=ServiceAccount",
  ]);
  const kubeconfig = join(folder, "kubeconfig");
  writeFileSync(kubeconfig, kubeconfigOf(port, token), { mode: 0o600 });
  const run = (args: readonly string[], input?: string) =>
    spawnSync("kubectl", ["--kubeconfig", kubeconfig, ...args], {
      encoding: "utf8",
      ...(input !== undefined && { input }),
    });
  const stop = async () => {
    for (const program of started.toReversed()) await program.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  for (let waited = 0; run(["get", "--raw", "/readyz"]).status !== 0; waited += 1) {
    if (waited > 120) {
      await stop();
      throw new Error("kube-apiserver does not become ready");
    }
    await sleep(500);
  }
  return {
    kubeconfig,
    kubectl: (args, input) => {
      const { status, stdout, stderr } = run(args, input);
      if (status !== 0) throw new Error(`kubectl ${args.join(" ")}: ${stderr}`);
      return stdout;
    },
    stop,
  };
}

function kubeconfigOf(port: number, token: string): string {
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      { name: "test", cluster: { server: `https://127.0.0.1:${port}`, "insecure-skip-tls-verify": true } },
    ],
    users: [{ name: "admin", user: { token } }],
    contexts: [{ name: "test", context: { cluster: "test", user: "admin" } }],
    "current-context": "test",
  });
}
