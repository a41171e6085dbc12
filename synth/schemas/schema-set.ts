import type { KubernetesVersion } from "../model/names.ts";
import argoCd from "./data/argo-cd.json" with { type: "json" };
import argoRollouts from "./data/argo-rollouts.json" with { type: "json" };
import awsLoadBalancerController from "./data/aws-load-balancer-controller.json" with { type: "json" };
import certManager from "./data/cert-manager.json" with { type: "json" };
import externalSecrets from "./data/external-secrets.json" with { type: "json" };
import externalSnapshotter from "./data/external-snapshotter.json" with { type: "json" };
import flux from "./data/flux.json" with { type: "json" };
import keda from "./data/keda.json" with { type: "json" };
import kubernetes135 from "./data/kubernetes-1.35.json" with { type: "json" };
import kro from "./data/kro.json" with { type: "json" };
import prometheusOperator from "./data/prometheus-operator.json" with { type: "json" };
import traefik from "./data/traefik.json" with { type: "json" };
import { Compiler } from "./compile.ts";
import type { Check } from "./compile.ts";
import type { Schema, SchemaFile } from "./table.ts";

/** What the API server knows of one kind. */
export interface KindInfo {
  /** The empty string for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Resource name, as RBAC rules and URLs have it: `networkpolicies`. */
  readonly plural: string;
  readonly scope: "Namespaced" | "Cluster";
}

/** The kinds that one Kubernetes version and the add-ons' CRDs serve. */
export interface SchemaSet {
  readonly kubernetes: KubernetesVersion;
  readonly kind: (apiVersion: string, kind: string) => KindInfo | undefined;
  readonly kinds: () => readonly KindInfo[];
  /** Schema of a whole object. */
  readonly schema: (apiVersion: string, kind: string) => Schema | undefined;
  /** A shared type by its name. */
  readonly type: (name: string) => Schema;
  /** The schema of a whole object as a function. */
  readonly check: (apiVersion: string, kind: string) => Check | undefined;
}

/** Kubernetes' own kinds by version. */
const kubernetes: Readonly<Record<KubernetesVersion, SchemaFile>> = { "1.35": kubernetes135 };

/** Custom kinds, the same for every version of Kubernetes. */
const definitions: readonly SchemaFile[] = [
  argoCd,
  argoRollouts,
  awsLoadBalancerController,
  certManager,
  externalSecrets,
  externalSnapshotter,
  flux,
  keda,
  kro,
  prometheusOperator,
  traefik,
];

/** Sets that were asked for before. A set never changes, so this saves work and nothing else. */
const sets = new Map<KubernetesVersion, SchemaSet>();

/** The schemas of a cluster with this version of Kubernetes. */
export function schemaSet(version: KubernetesVersion): SchemaSet {
  const set = sets.get(version) ?? buildSet(version, [kubernetes[version], ...definitions]);
  sets.set(version, set);
  return set;
}

function buildSet(version: KubernetesVersion, files: readonly SchemaFile[]): SchemaSet {
  const entries = new Map(files.flatMap((file) => Object.entries(file.kinds)));
  const types = new Map(files.flatMap((file) => Object.entries(file.types)));
  const kinds = new Map([...entries].map(([key, { plural, scope }]) => [key, kindInfo(key, plural, scope)]));
  const all = [...kinds.values()];
  const type = (name: string): Schema => {
    const found = types.get(name);
    if (found === undefined) throw new Error(`no type ${name} in the schemas of Kubernetes ${version}`);
    return found;
  };
  const schema = (apiVersion: string, kind: string): Schema | undefined =>
    entries.get(`${apiVersion}/${kind}`)?.schema;
  const check = checksOf(schema, new Compiler(type));
  return {
    kubernetes: version,
    kind: (apiVersion, kind) => kinds.get(`${apiVersion}/${kind}`),
    kinds: () => all,
    schema,
    type,
    check,
  };
}

/** Compiles a kind when an object of it first comes by. */
function checksOf(schemaOf: SchemaSet["schema"], compiler: Compiler): SchemaSet["check"] {
  const checks = new Map<string, Check>();
  return (apiVersion, kind) => {
    const key = `${apiVersion}/${kind}`;
    const known = checks.get(key);
    if (known !== undefined) return known;
    const schema = schemaOf(apiVersion, kind);
    if (schema === undefined) return undefined;
    const check = compiler.compile(schema);
    checks.set(key, check);
    return check;
  };
}

/** `apps/v1/Deployment` or, in the core group, `v1/Pod`. */
function kindInfo(key: string, plural: string, scope: string): KindInfo {
  const [kind = "", version = "", group = ""] = key.split("/").toReversed();
  return { group, version, kind, plural, scope: scope === "Cluster" ? "Cluster" : "Namespaced" };
}
