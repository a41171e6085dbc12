import { join } from "node:path";
import type { Credentials } from "./credentials.ts";

/** Ports on loopback. */
export interface Ports {
  readonly etcd: number;
  readonly etcdPeers: number;
  readonly apiServer: number;
}

export function addressOf({ apiServer }: Ports): string {
  return `https://127.0.0.1:${apiServer}`;
}

/** The state is thrown away with the cluster, so nothing waits for the disk. */
export function etcdArguments(folder: string, { etcd, etcdPeers }: Ports): readonly string[] {
  const client = `http://127.0.0.1:${etcd}`;
  const peer = `http://127.0.0.1:${etcdPeers}`;
  return [
    `--data-dir=${join(folder, "etcd")}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
    "--unsafe-no-fsync",
    "--log-level=warn",
  ];
}

export function apiServerArguments(credentials: Credentials, { etcd, apiServer }: Ports): readonly string[] {
  return [
    `--etcd-servers=http://127.0.0.1:${etcd}`,
    "--bind-address=127.0.0.1",
    `--secure-port=${apiServer}`,
    // Nothing is to reach it by the Service `kubernetes`, whose endpoint may not be on loopback.
    "--endpoint-reconciler-type=none",
    `--cert-dir=${credentials.certificates}`,
    `--token-auth-file=${credentials.tokenFile}`,
    "--authorization-mode=RBAC",
    "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
    `--service-account-signing-key-file=${credentials.serviceAccountKey}`,
    `--service-account-key-file=${credentials.serviceAccountKey}`,
    "--service-cluster-ip-range=10.96.0.0/16",
    // As EKS and kind have it: Pod Security decides, not the API server's default.
    "--allow-privileged=true",
    // A few clients that trust each other: no queues are needed, and making them takes part of the start.
    "--enable-priority-and-fairness=false",
    "--profiling=false",
  ];
}

export function controllerManagerArguments(credentials: Credentials, address: string): readonly string[] {
  return [
    `--kubeconfig=${credentials.controllerManager(address)}`,
    `--root-ca-file=${credentials.authority}`,
    `--service-account-private-key-file=${credentials.serviceAccountKey}`,
    "--leader-elect=false",
    // No port of its own.
    "--secure-port=0",
    "--kube-api-qps=500",
    "--kube-api-burst=1000",
    "--concurrent-deployment-syncs=20",
    "--concurrent-replicaset-syncs=20",
    "--pvclaimbinder-sync-period=1s",
    // A machine that is busy compiling is no reason to evict everything.
    "--node-monitor-grace-period=5m",
  ];
}

export function schedulerArguments(credentials: Credentials, address: string): readonly string[] {
  return [
    `--kubeconfig=${credentials.scheduler(address)}`,
    "--leader-elect=false",
    "--secure-port=0",
    "--kube-api-qps=500",
    "--kube-api-burst=1000",
  ];
}

export function kwokArguments(
  credentials: Credentials,
  address: string,
  stages: readonly string[],
): readonly string[] {
  return [
    `--kubeconfig=${credentials.nodes(address)}`,
    "--manage-all-nodes",
    // Stages come from files; no CRDs of kwok's own.
    "--enable-crds=",
    "--node-lease-duration-seconds=40",
    "--cidr=10.244.0.0/16",
    "--node-ip=10.42.64.10",
    "--server-address=",
    ...stages.map((path) => `--config=${path}`),
  ];
}

/** Memory is there, processors are few: Go collects its garbage half as often. */
export function quickEnvironment(): NodeJS.ProcessEnv {
  return { GOGC: "200", ...process.env };
}
