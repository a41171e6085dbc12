import { join } from "node:path";
import type { NodeGroup } from "../../synth/model/node-group.ts";
import { connectKubernetes } from "../kubernetes/connect.ts";
import type { KubernetesClient } from "../kubernetes/client.ts";
import { startProgram } from "../process/program.ts";
import type { RunningProgram } from "../process/program.ts";
import { endRecorded } from "../process/record.ts";
import { findTools } from "../tools/find.ts";
import { pinnedBy } from "../tools/pinned.ts";
import { moduleOf } from "../tools/table.ts";
import type { ToolName } from "../tools/table.ts";
import {
  addressOf,
  apiServerArguments,
  controllerManagerArguments,
  etcdArguments,
  kwokArguments,
  quickEnvironment,
  schedulerArguments,
} from "./components.ts";
import type { Ports } from "./components.ts";
import type { ControlPlane, ControlPlaneOptions, FurtherProgram } from "./control-plane.ts";
import { Credentials } from "./credentials.ts";
import { withFreePorts } from "./free-port-attempts.ts";
import { isUsable, joinNodes, scaleNodeGroup } from "./join-nodes.ts";
import type { NodeShape } from "./nodes.ts";
import { waitFor } from "./wait.ts";

/** Programs of every control plane. */
export const controlPlaneTools = [
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kwok",
] as const satisfies readonly ToolName[];

type Programs = Readonly<Record<(typeof controlPlaneTools)[number], string>>;

/** Of nodes and pods; what else a cluster is to simulate comes from the caller. */
const ownStages = ["nodes.yaml", "pods.yaml"].map((file) => join(import.meta.dirname, "stages", file));

/** Milliseconds, on a machine that does much else: an idle one needs a few seconds. */
const patience = 180_000;

/**
 * Starts a control plane in a folder, or again from what is left in it: objects survive. What still runs of an earlier
 * one is ended first.
 *
 * @throws ProblemsError where a tool cannot be had, or a program does not come up
 */
export async function startControlPlane(options: ControlPlaneOptions): Promise<ControlPlane> {
  const programs = await findTools(controlPlaneTools, options.say === undefined ? {} : { say: options.say });
  endRecorded(options.folder);
  const plane = new EmbeddedControlPlane(options, programs);
  try {
    await withFreePorts(3, ([etcd = 0, etcdPeers = 0, apiServer = 0]) =>
      plane.start({ etcd, etcdPeers, apiServer }),
    );
  } catch (error) {
    await plane.stop();
    throw error;
  }
  return plane;
}

class EmbeddedControlPlane implements ControlPlane {
  readonly folder: string;
  readonly #options: ControlPlaneOptions;
  readonly #programs: Programs;
  readonly #credentials: Credentials;
  readonly #running = new Map<string, RunningProgram>();
  #ports: Ports = { etcd: 0, etcdPeers: 0, apiServer: 0 };
  #client: KubernetesClient | undefined;
  #kubeconfig = "";

  constructor(options: ControlPlaneOptions, programs: Programs) {
    this.folder = options.folder;
    this.#options = options;
    this.#programs = programs;
    this.#credentials = new Credentials(options.folder);
  }

  get address(): string {
    return addressOf(this.#ports);
  }

  get kubeconfig(): string {
    return this.#kubeconfig;
  }

  get client(): KubernetesClient {
    if (this.#client === undefined) throw new Error("the control plane has not started");
    return this.#client;
  }

  kubeconfigOf(account: { readonly namespace: string; readonly name: string }): string {
    return this.#credentials.account(this.address, account);
  }

  async start(ports: Ports): Promise<void> {
    const { say = () => undefined } = this.#options;
    this.#ports = ports;
    say("starting etcd and the API server");
    await this.#startOwn("etcd", etcdArguments(this.folder, this.#ports));
    await this.#startApiServer();
    const credentials = this.#credentials;
    this.#kubeconfig = credentials.admin(this.address);
    this.#client = await this.#answering();
    say(`the API server answers at ${this.address}`);
    const { address } = this;
    const stages = [...ownStages, ...(this.#options.stages ?? [])];
    await Promise.all([
      this.#startOwn("kube-controller-manager", controllerManagerArguments(credentials, address)),
      this.#startOwn("kube-scheduler", schedulerArguments(credentials, address)),
      this.#startOwn("kwok", kwokArguments(credentials, address, stages)),
    ]);
    const counts = (group: NodeGroup) => group[this.#options.nodes ?? "min"];
    await joinNodes(this.client, this.#options.nodeGroups, counts, this.#shape());
    await this.#ready();
    say("nodes are Ready");
  }

  scaleNodeGroup(name: string, count: number): Promise<void> {
    const group = this.#options.nodeGroups.find((each) => each.name === name);
    if (group === undefined) throw new Error(`no node group ${name}`);
    return scaleNodeGroup(this.client, group, count, this.#shape());
  }

  async restartApiServer(): Promise<void> {
    await this.#running.get("kube-apiserver")?.stop();
    await this.#startApiServer();
    (await this.#answering()).close();
  }

  async startProgram(options: FurtherProgram): Promise<RunningProgram> {
    // One of the same name is left from a start that failed.
    await this.#running.get(options.name)?.stop();
    const program = await startProgram({ ...options, folder: this.folder });
    this.#running.set(options.name, program);
    return program;
  }

  logTails(lines?: number): Readonly<Record<string, readonly string[]>> {
    return Object.fromEntries([...this.#running].map(([name, program]) => [name, program.logTail(lines)]));
  }

  async stop(): Promise<void> {
    this.#client?.close();
    await Promise.all([...this.#running.values()].toReversed().map((program) => program.stop()));
    this.#running.clear();
  }

  #startApiServer(): Promise<RunningProgram> {
    return this.#startOwn("kube-apiserver", apiServerArguments(this.#credentials, this.#ports));
  }

  #startOwn(name: (typeof controlPlaneTools)[number], args: readonly string[]): Promise<RunningProgram> {
    return this.startProgram({ name, program: this.#programs[name], args, env: quickEnvironment() });
  }

  #needed(...names: readonly string[]): readonly RunningProgram[] {
    return names.flatMap((name) => this.#running.get(name) ?? []);
  }

  /** A client, as soon as the API server is ready for it. */
  #answering(): Promise<KubernetesClient> {
    const needs = this.#needed("etcd", "kube-apiserver");
    return waitFor({ what: "the API server to answer", milliseconds: patience, needs }, async () => {
      const client = await connectKubernetes(this.#kubeconfig);
      try {
        await client.raw("/readyz");
        return client;
      } catch (error) {
        client.close();
        throw error;
      }
    });
  }

  /** Nodes are Ready, and the controllers give accounts to namespaces, without which no pod is admitted. */
  async #ready(): Promise<void> {
    const needs = [...this.#running.values()];
    await waitFor({ what: "the nodes to be Ready", milliseconds: patience, needs }, async () => {
      const nodes = await this.client.list({ apiVersion: "v1", kind: "Node" });
      return nodes.every(isUsable) ? true : undefined;
    });
    const account = { apiVersion: "v1", kind: "ServiceAccount", namespace: "default", name: "default" };
    await waitFor({ what: "the controllers to work", milliseconds: patience, needs }, () =>
      this.client.get(account),
    );
  }

  #shape(): NodeShape {
    const { provider = "eks", region = "us-west-2" } = this.#options;
    return { provider, region, kubelet: pinnedBy(moduleOf("kube-apiserver")).version };
  }
}
