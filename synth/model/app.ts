import type { Stage } from "./stage.ts";
import type { CapabilityName } from "./capability.ts";
import type { AppContext } from "./context.ts";
import type { OwnImage } from "./image.ts";
import { holdToFields } from "./known-fields.ts";
import type { KnownFields } from "./known-fields.ts";
import type { Environment } from "./names.ts";
import type { NamespaceSpec } from "./namespace.ts";
import type { Permissions } from "./permission.ts";
import type { PromotionSpec } from "./promotion.ts";

/**
 * One of the systems: what it needs from a cluster and the objects it renders.
 * P: its parameters. N: capabilities it cannot do without. I: its own images. S: its stages.
 */
export interface App<P, N extends CapabilityName, I extends string, S extends string> {
  /** Also the name of its folder, apps/<name>/. */
  readonly name: string;
  readonly description: string;
  readonly images: Readonly<Record<I, OwnImage>>;
  /** Placing it on a cluster without one of these does not compile. */
  readonly needs: readonly N[];
  /** Capabilities it uses where the cluster has them; it renders after the add-ons that provide them. */
  readonly uses?: readonly CapabilityName[];
  /** Steps that a reconciler takes one after the other, each Ready before the next. */
  readonly stages: readonly [S, ...S[]];
  /** Namespaces besides the placement's own. */
  readonly namespaces?: (context: AppContext<P, N, I>) => readonly NamespaceSpec[];
  /** AWS permissions by `<namespace>/<service account>`; the account's role comes from the cluster's facts. */
  readonly permissions?: (context: AppContext<P, N, I>) => Readonly<Record<string, Permissions>>;
  /** What each environment variable of its containers is for, by name; docs/environment-variables.md says it to people. */
  readonly variables?: Readonly<Record<string, string>>;
  /** How its releases move on. Default: dev, staging, prod; dev follows main, nothing else is asked. */
  readonly promotion?: PromotionSpec<Environment>;
  readonly render: (stages: Readonly<Record<S, Stage>>, context: AppContext<P, N, I>) => void;
}

const fields: KnownFields<App<unknown, CapabilityName, string, string>> = {
  name: "required",
  description: "required",
  images: "required",
  needs: "required",
  uses: "optional",
  stages: "required",
  namespaces: "optional",
  permissions: "optional",
  variables: "optional",
  promotion: "optional",
  render: "required",
};

/** Declares an app: `defineApp<Parameters>()({ … })`. */
export function defineApp<P>() {
  return <const N extends CapabilityName, const I extends string, const S extends string>(
    app: App<P, N, I, S>,
  ): App<P, N, I, S> => {
    holdToFields("defineApp", app, fields);
    return app;
  };
}
