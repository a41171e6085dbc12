import { ApiObject, App as ConstructTree, Chart } from "cdk8s";
import type { ApiObjectProps } from "cdk8s";
import type { k8s } from "cdk8s-plus-28";
import type { Construct } from "constructs";
import { fields } from "../objects/json-fields.ts";
import { plain } from "../objects/plain.ts";
import type { Capabilities } from "./capability.ts";
import type { ClusterView } from "./cluster-view.ts";
import type { Report } from "./context.ts";

/** What every object of a slice is built with. */
export interface StageContext {
  /** Labels of every object, and, with the component's, of every pod. */
  readonly labels: Readonly<Record<string, string>>;
  readonly namespace: string;
  readonly cluster: ClusterView;
  readonly capabilities: Partial<Capabilities>;
  /** Annotations that tie a service account to its AWS role; empty without one. */
  readonly identity: (serviceAccount: string, namespace: string) => Readonly<Record<string, string>>;
  /** Where the app's values lie in the secret store: `<app>/<environment>`. */
  readonly secretPath: string;
  readonly report: Report;
  /** Whether to remember which line created each object; costs a stack trace an object. */
  readonly trace: boolean;
}

interface ObjectProps {
  readonly metadata?: k8s.ObjectMeta;
}

/** A custom resource as the `@kubernetes-models` packages type it. */
export interface CustomResource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: object;
  readonly spec?: object;
}

/**
 * One step of a slice: the objects that a reconciler applies together. A small construct tree of its
 * own, because cdk8s resolves a whole tree for each chart in it.
 */
export class Stage extends Chart {
  readonly context: StageContext;
  readonly #lines = new Map<ApiObject, string>();

  constructor(name: string, context: StageContext) {
    // Of any name comes an id, so that it is the rule "names" that tells a bad one.
    super(new ConstructTree(), `stage-${name}`, {
      labels: { ...context.labels },
      disableResourceNameHashes: true,
    });
    this.context = context;
  }

  /** Adds an object of Kubernetes' own, such as `stage.add(k8s.KubeService, "web", { spec })`. */
  add<Props extends ObjectProps | undefined, Kind extends ApiObject>(
    kind: new (scope: Construct, id: string, props: Props) => Kind,
    name: string,
    props: NoInfer<NonNullable<Props>>,
  ): Kind {
    return this.#remember(
      new kind(this, this.#nextId(), { ...props, metadata: { ...props.metadata, name } }),
    );
  }

  /** Adds a custom resource; check its type with `satisfies`, such as `satisfies IExternalSecret`. */
  addResource(resource: CustomResource): ApiObject {
    const { apiVersion, kind } = resource;
    const props: ApiObjectProps = { ...fields(plain(resource)), apiVersion, kind };
    return this.#remember(new ApiObject(this, this.#nextId(), props));
  }

  /** Stack of the call that created an object; empty unless the stage traces. */
  creationStack(object: ApiObject): string {
    return this.#lines.get(object) ?? "";
  }

  #nextId(): string {
    return String(this.node.children.length);
  }

  #remember<Kind extends ApiObject>(object: Kind): Kind {
    if (this.context.trace) this.#lines.set(object, new Error("created").stack ?? "");
    return object;
  }
}

/**
 * The only stage of a slice that does all at once.
 *
 * @throws TypeError where there is none of that name
 */
export function mainStage({ main }: Readonly<Record<string, Stage>>): Stage {
  if (main === undefined) throw new TypeError("there is no stage main");
  return main;
}
