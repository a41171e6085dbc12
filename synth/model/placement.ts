import type { Stage } from "./stage.ts";
import type { App } from "./app.ts";
import { hasCapabilities } from "./capability.ts";
import type { CapabilityName } from "./capability.ts";
import type { AppContext, SliceContext } from "./context.ts";
import type { ClusterView } from "./cluster-view.ts";
import type { OwnImage } from "./image.ts";
import { holdToFields } from "./known-fields.ts";
import type { KnownFields } from "./known-fields.ts";
import type { Environment } from "./names.ts";
import type { NamespaceQuota, NamespaceSpec } from "./namespace.ts";
import type { Permissions } from "./permission.ts";
import { appPolicy } from "./promotion.ts";
import type { PromotionPolicy } from "./promotion.ts";

interface PlacementSpec<P> {
  readonly environment: Environment;
  /** Namespace it lives in. Default: the app's name. */
  readonly namespace?: string;
  readonly parameters: P;
  readonly quota?: NamespaceQuota;
}

/** App × environment × cluster × namespace, with parameters. N: capabilities its cluster must have. */
export interface Placement<N extends CapabilityName = CapabilityName> {
  readonly app: string;
  readonly description: string;
  readonly images: Readonly<Record<string, OwnImage>>;
  readonly needs: readonly N[];
  readonly uses: readonly CapabilityName[];
  readonly stages: readonly string[];
  readonly environment: Environment;
  readonly promotion: PromotionPolicy;
  /** What its environment variables are for, by name. */
  readonly variables: Readonly<Record<string, string>>;
  readonly namespace: NamespaceSpec;
  /** For `explain`. */
  readonly parameters: unknown;
  /** The definition, given its context; undefined where a capability or an image is missing. */
  readonly bind: (context: PlacementContext) => BoundPlacement | undefined;
}

/** Context before the app's own types are known to hold. */
export interface PlacementContext extends SliceContext<never, ClusterView> {
  readonly environment: Environment;
  readonly images: Readonly<Record<string, string>>;
}

export interface BoundPlacement {
  readonly namespaces: () => readonly NamespaceSpec[];
  readonly permissions: () => Readonly<Record<string, Permissions>>;
  readonly render: (stages: Readonly<Record<string, Stage>>) => void;
}

const fields: KnownFields<PlacementSpec<unknown>> = {
  environment: "required",
  namespace: "optional",
  parameters: "required",
  quota: "optional",
};

/** Puts an app on the cluster whose definition lists the result. */
export function place<P, N extends CapabilityName, I extends string, S extends string>(
  app: App<P, N, I, S>,
  spec: PlacementSpec<NoInfer<P>>,
): Placement<N> {
  holdToFields("place", spec, fields);
  const { environment, parameters, namespace = app.name, quota } = spec;
  return {
    app: app.name,
    description: app.description,
    images: app.images,
    needs: app.needs,
    uses: app.uses ?? [],
    stages: app.stages,
    environment,
    promotion: appPolicy(app.promotion),
    variables: app.variables ?? {},
    namespace: { name: namespace, ...(quota && { quota }) },
    parameters,
    bind: (untyped) => {
      const { capabilities, images } = untyped;
      if (!hasCapabilities(capabilities, app.needs) || !hasKeys(images, app.images)) return undefined;
      const context: AppContext<P, N, I> = { ...untyped, capabilities, images, parameters };
      return {
        namespaces: () => app.namespaces?.(context) ?? [],
        permissions: () => app.permissions?.(context) ?? {},
        render: (stages) => {
          if (!hasStages(stages, app.stages)) throw new TypeError(`${app.name} is not given all its stages`);
          app.render(stages, context);
        },
      };
    },
  };
}

function hasKeys<I extends string>(
  images: Readonly<Record<string, string>>,
  declared: Readonly<Record<I, OwnImage>>,
): images is Readonly<Record<I, string>> {
  return Object.keys(declared).every((name) => name in images);
}

function hasStages<S extends string>(
  stages: Readonly<Record<string, Stage>>,
  names: readonly S[],
): stages is Readonly<Record<S, Stage>> {
  return names.every((name) => name in stages);
}
