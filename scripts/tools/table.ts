import { join } from "node:path";
import { root } from "../root.ts";

/** A Go module in `scripts/tools/<name>` and the programs that are built from it. */
export interface ToolModule {
  /** Folder below `scripts/tools`. */
  readonly name: string;
  /** What people call it. */
  readonly title: string;
  /** Module whose pinned version is the programs'. */
  readonly requires: string;
  /** Package of each program, by the program's name. */
  readonly programs: Readonly<Record<string, string>>;
  /** What else of the module is needed, by the name it is kept under beside the programs: a file or a folder. */
  readonly files?: Readonly<Record<string, string>>;
  /** Variables that the released programs' version is written to, as they say it of themselves. */
  readonly versionIn?: readonly string[];
  /** The version without its `v`, where the released programs write it so. */
  readonly bareVersion?: true;
  /** Minutes of a build from nothing on two cores, for people who wait. */
  readonly minutes: number;
}

const modules = [
  {
    name: "kubernetes",
    title: "the Kubernetes control plane",
    requires: "k8s.io/kubernetes",
    programs: {
      "kube-apiserver": "k8s.io/kubernetes/cmd/kube-apiserver",
      "kube-controller-manager": "k8s.io/kubernetes/cmd/kube-controller-manager",
      "kube-scheduler": "k8s.io/kubernetes/cmd/kube-scheduler",
      kubectl: "k8s.io/kubernetes/cmd/kubectl",
    },
    versionIn: ["k8s.io/component-base/version.gitVersion"],
    minutes: 8,
  },
  {
    name: "etcd",
    title: "etcd",
    requires: "go.etcd.io/etcd/server/v3",
    programs: { etcd: "go.etcd.io/etcd/server/v3" },
    minutes: 1,
  },
  {
    name: "kwok",
    title: "kwok",
    requires: "sigs.k8s.io/kwok",
    programs: { kwok: "sigs.k8s.io/kwok/cmd/kwok" },
    minutes: 1,
  },
  {
    name: "argo-cd",
    title: "Argo CD",
    requires: "github.com/argoproj/argo-cd/v3",
    programs: { argocd: "github.com/argoproj/argo-cd/v3/cmd" },
    files: {
      crds: "manifests/crds",
      "argocd-cm.yaml": "manifests/base/config/argocd-cm.yaml",
      "application-controller.yaml":
        "manifests/base/application-controller/argocd-application-controller-statefulset.yaml",
      "repo-server.yaml": "manifests/base/repo-server/argocd-repo-server-deployment.yaml",
    },
    versionIn: ["github.com/argoproj/argo-cd/v3/common.version"],
    bareVersion: true,
    minutes: 4,
  },
  {
    name: "argo-rollouts",
    title: "Argo Rollouts",
    requires: "github.com/argoproj/argo-rollouts",
    programs: { "rollouts-controller": "github.com/argoproj/argo-rollouts/cmd/rollouts-controller" },
    files: { "role.yaml": "manifests/role/argo-rollouts-clusterrole.yaml" },
    versionIn: ["github.com/argoproj/argo-rollouts/utils/version.version"],
    bareVersion: true,
    minutes: 3,
  },
  {
    name: "kustomize-controller",
    title: "Flux's kustomize-controller",
    requires: "github.com/fluxcd/kustomize-controller",
    programs: { "kustomize-controller": "github.com/fluxcd/kustomize-controller" },
    files: { crds: "config/crd/bases" },
    minutes: 3,
  },
  {
    name: "source-controller",
    title: "Flux's source-controller",
    requires: "github.com/fluxcd/source-controller",
    programs: { "source-controller": "github.com/fluxcd/source-controller" },
    files: { crds: "config/crd/bases" },
    minutes: 2,
  },
  {
    name: "kro",
    title: "kro",
    requires: "github.com/kubernetes-sigs/kro",
    programs: { kro: "github.com/kubernetes-sigs/kro/cmd/controller" },
    files: { chart: "helm" },
    versionIn: ["sigs.k8s.io/release-utils/version.gitVersion"],
    minutes: 2,
  },
  {
    name: "helm",
    title: "Helm",
    requires: "helm.sh/helm/v4",
    programs: { helm: "helm.sh/helm/v4/cmd/helm" },
    versionIn: ["helm.sh/helm/v4/internal/version.version"],
    minutes: 2,
  },
  {
    name: "kind",
    title: "kind",
    requires: "sigs.k8s.io/kind",
    programs: { kind: "sigs.k8s.io/kind" },
    minutes: 1,
  },
  {
    name: "actionlint",
    title: "actionlint",
    requires: "github.com/rhysd/actionlint",
    programs: { actionlint: "github.com/rhysd/actionlint/cmd/actionlint" },
    minutes: 1,
  },
  {
    name: "promtool",
    title: "Prometheus' promtool",
    requires: "github.com/prometheus/prometheus",
    programs: { promtool: "github.com/prometheus/prometheus/cmd/promtool" },
    minutes: 5,
  },
  {
    name: "amtool",
    title: "Alertmanager's amtool",
    requires: "github.com/prometheus/alertmanager",
    programs: { amtool: "github.com/prometheus/alertmanager/cmd/amtool" },
    minutes: 2,
  },
  {
    name: "otel-collector",
    title: "the OpenTelemetry collector",
    requires: "go.opentelemetry.io/collector/otelcol",
    // Put together here: the project publishes no program, only a builder of such files.
    programs: { "otel-collector": "slipway.dev/tools/otel-collector" },
    minutes: 2,
  },
] as const satisfies readonly ToolModule[];

type ProgramOf<Module> = Module extends { readonly programs: infer Programs } ? keyof Programs : never;

/** Every program that can be had. */
export type ToolName = ProgramOf<(typeof modules)[number]>;

/** The module that brings a program. */
export function moduleOf(tool: ToolName): ToolModule {
  const found = modules.find(({ programs }) => Object.hasOwn(programs, tool));
  if (found === undefined) throw new Error(`no module brings ${tool}`);
  return found;
}

/** Folder of its go.mod. */
export function folderOf({ name }: ToolModule): string {
  return join(root, "scripts/tools", name);
}
