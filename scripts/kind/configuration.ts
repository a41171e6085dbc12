/** What kind reads, `kind.x-k8s.io/v1alpha4`, as far as it is written here; kind refuses fields that it does not know. */
export interface KindConfiguration {
  readonly kind: "Cluster";
  readonly apiVersion: "kind.x-k8s.io/v1alpha4";
  readonly name: string;
  readonly networking: { readonly apiServerAddress: "127.0.0.1" };
  /** TOML, merged into the configuration of each node's containerd. */
  readonly containerdConfigPatches?: readonly string[];
  readonly nodes: readonly KindNode[];
}

export interface KindNode {
  readonly role: "control-plane" | "worker";
  readonly image: NodeImage;
  readonly labels?: Readonly<Record<string, string>>;
  readonly extraPortMappings?: readonly PortMapping[];
  readonly extraMounts?: readonly Mount[];
  /** YAML, merged into what kubeadm is told of the node. */
  readonly kubeadmConfigPatches?: readonly string[];
}

/** kind supports an image only with the release that it was built for, and only the digest says which that is. */
export type NodeImage = `kindest/node:v${string}@sha256:${string}`;

export interface PortMapping {
  readonly containerPort: number;
  readonly hostPort: number;
  /** Of the machine. Nothing of a cluster is open to its network. */
  readonly listenAddress: "127.0.0.1";
  readonly protocol: "TCP";
}

interface Mount {
  readonly hostPath: string;
  readonly containerPath: string;
  readonly readOnly: true;
}
