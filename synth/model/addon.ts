import type { Stage } from "./stage.ts";
import { hasCapabilities } from "./capability.ts";
import type { Capabilities, CapabilityName } from "./capability.ts";
import type { Chart, ChartKinds } from "./chart.ts";
import type { ClusterView, EksView } from "./cluster-view.ts";
import type { AddonContext } from "./context.ts";
import type { Layer } from "./layer.ts";
import type { NamespaceSpec } from "./namespace.ts";
import type { Permissions } from "./permission.ts";

/** What decides whether a cluster runs an add-on. */
export interface ClusterTraits {
  readonly provider: ClusterView["provider"];
  readonly reconciler: ClusterView["reconciler"];
  readonly capabilities: Partial<Capabilities>;
}

interface AddonFacts {
  /** Also the name of its file, platform/<name>.ts. */
  readonly name: string;
  /** One sentence for `list`. */
  readonly description: string;
  readonly layer: Exclude<Layer, "applications">;
  /** Whether a cluster calls for it. Add-ons that another one names in dependsOn run with that one. */
  readonly wanted: (cluster: ClusterTraits) => boolean;
  readonly namespace: NamespaceSpec;
  /** Whether a person installs it once, before anything reconciles; its values then stand in the bootstrap folder. */
  readonly installedFirst?: true;
}

interface AddonSpec<N extends CapabilityName, V extends ClusterView> extends AddonFacts {
  /** Capabilities it makes true; whoever needs one of them depends on it. */
  readonly provides?: readonly CapabilityName[];
  /** Capabilities it reads while rendering. */
  readonly needs?: readonly N[];
  /** Names of add-ons that must be ready before it. */
  readonly dependsOn?: readonly string[];
  /** Names of add-ons that must be ready before it where the cluster runs them. */
  readonly after?: readonly string[];
  /** AWS permissions by service account of its namespace. */
  readonly permissions?: (context: AddonContext<N, V>) => Readonly<Record<string, Permissions>>;
  readonly chart?: Chart & {
    readonly kinds: ChartKinds;
    /** Annotate the return type with the chart's values type, so that an unknown key does not compile. */
    readonly values: (context: AddonContext<N, V>) => object;
  };
  /** Objects besides the chart's. One that uses the chart's own CRDs belongs to an add-on of a later layer. */
  readonly render?: (stage: Stage, context: AddonContext<N, V>) => void;
}

/** An add-on as the fleet holds it. */
export interface Addon extends AddonFacts {
  readonly provides: readonly CapabilityName[];
  readonly needs: readonly CapabilityName[];
  readonly dependsOn: readonly string[];
  readonly after: readonly string[];
  readonly chart?: Chart & { readonly kinds: ChartKinds };
  /** The definition, given its context; undefined on a cluster that cannot run it. */
  readonly bind: (context: AddonContext<never>) => BoundAddon | undefined;
}

export interface BoundAddon {
  readonly permissions: () => Readonly<Record<string, Permissions>>;
  readonly values: () => object;
  readonly render: (stage: Stage) => void;
}

/** Declares a platform add-on that runs on any cluster. */
export function defineAddon<const N extends CapabilityName = never>(spec: AddonSpec<N, ClusterView>): Addon {
  return define(spec, (view) => view);
}

/** Declares a platform add-on that needs AWS. */
export function defineEksAddon<const N extends CapabilityName = never>(spec: AddonSpec<N, EksView>): Addon {
  return define(spec, (view) => (view.provider === "eks" ? view : undefined));
}

function define<N extends CapabilityName, V extends ClusterView>(
  spec: AddonSpec<N, V>,
  narrow: (view: ClusterView) => V | undefined,
): Addon {
  const { needs = [], provides = [], dependsOn = [], after = [] } = spec;
  return {
    name: spec.name,
    description: spec.description,
    layer: spec.layer,
    wanted: spec.wanted,
    namespace: spec.namespace,
    ...(spec.installedFirst && { installedFirst: spec.installedFirst }),
    needs,
    provides,
    dependsOn,
    after,
    ...(spec.chart && { chart: spec.chart }),
    bind: (context) => {
      const { capabilities } = context;
      const cluster = narrow(context.cluster);
      if (cluster === undefined || !hasCapabilities(capabilities, needs)) return undefined;
      const bound: AddonContext<N, V> = { ...context, cluster, capabilities };
      return {
        permissions: () => spec.permissions?.(bound) ?? {},
        values: () => spec.chart?.values(bound) ?? {},
        render: (stage) => spec.render?.(stage, bound),
      };
    },
  };
}
