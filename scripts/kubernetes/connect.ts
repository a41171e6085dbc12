import { list as listIn, text } from "../../synth/objects/json-fields.ts";
import type { Json, KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import { asObject } from "./answer.ts";
import { KubernetesError } from "./client.ts";
import type {
  ApplyOptions,
  KindReference,
  KubernetesClient,
  ListQuery,
  NewObject,
  ObjectReference,
  ServedKind,
  Subresource,
  WatchEvent,
} from "./client.ts";
import { Connection } from "./connection.ts";
import { Discovery } from "./discovery.ts";
import { collectionPath, objectPath, selectors } from "./paths.ts";
import { follow } from "./watch.ts";
import type { Listed } from "./watch.ts";

/** Objects of a page of a list. */
const pageSize = 500;
/** Seconds after which the API server ends a watch, which is then taken up again. */
const watchSeconds = 290;

/**
 * A client for a kubeconfig. Nothing is asked yet.
 *
 * @param context default: the current one
 */
export async function connectKubernetes(kubeconfig: string, context?: string): Promise<KubernetesClient> {
  // Half a second to load, which only commands that talk to a cluster pay. The package's index would take a whole one.
  const { KubeConfig } = await import("@kubernetes/client-node/dist/config.js");
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  if (context !== undefined) config.setCurrentContext(context);
  const address = config.getCurrentCluster()?.server;
  if (address === undefined) throw new KubernetesError(`${kubeconfig} names no cluster`, 0, "NoCluster");
  return new Client(new Connection(config, address));
}

class Client implements KubernetesClient {
  readonly #connection: Connection;
  readonly #discovery: Discovery;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#discovery = new Discovery(connection);
  }

  get address(): string {
    return this.#connection.address;
  }

  async get(reference: ObjectReference): Promise<KubernetesObject | undefined> {
    const served = await this.#discovery.find(reference);
    if (served === undefined) return undefined;
    return this.#orNothing(served, async () =>
      asObject(await this.#connection.json({ path: objectPath(served, reference) })),
    );
  }

  async list(query: ListQuery): Promise<readonly KubernetesObject[]> {
    return (await this.#listed(query))?.objects ?? [];
  }

  async apply(object: KubernetesObject, options: ApplyOptions = {}): Promise<KubernetesObject> {
    const { fieldManager = "slipway", force = true, dryRun = false } = options;
    const { namespace, name } = object.metadata;
    const path = await this.#pathOf({ ...object, name, ...(namespace !== undefined && { namespace }) });
    const query = new URLSearchParams({
      fieldManager,
      force: String(force),
      fieldValidation: "Strict",
      ...(dryRun && { dryRun: "All" }),
    });
    return asObject(
      await this.#connection.json({
        method: "PATCH",
        path: `${path}?${query.toString()}`,
        body: object,
        contentType: "application/apply-patch+yaml",
      }),
    );
  }

  async create(object: NewObject): Promise<KubernetesObject> {
    return asObject(await this.review(object));
  }

  async review(question: NewObject): Promise<unknown> {
    const served = await this.#served(question);
    const path = collectionPath(served, text(question, "metadata", "namespace"));
    return this.#connection.json({ method: "POST", path, body: question });
  }

  async mergePatch(reference: ObjectReference, patch: Json, subresource?: Subresource) {
    const path = await this.#pathOf(reference);
    return asObject(
      await this.#connection.json({
        method: "PATCH",
        path: subresource === undefined ? path : `${path}/${subresource}`,
        body: patch,
        contentType: "application/merge-patch+json",
      }),
    );
  }

  async delete(
    reference: ObjectReference,
    propagation: "Background" | "Foreground" | "Orphan" = "Background",
  ): Promise<boolean> {
    return this.#delete(reference, { propagationPolicy: propagation });
  }

  async deleteSeen({ apiVersion, kind, metadata }: KubernetesObject): Promise<boolean> {
    const { name, namespace, uid, resourceVersion } = metadata;
    const reference = { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) };
    const preconditions = { uid: uid ?? null, resourceVersion: resourceVersion ?? null };
    return this.#delete(reference, { propagationPolicy: "Background", preconditions });
  }

  async #delete(reference: ObjectReference, options: Json): Promise<boolean> {
    const served = await this.#discovery.find(reference);
    if (served === undefined) return false;
    const done = await this.#orNothing(served, async () => {
      await this.#connection.text({
        method: "DELETE",
        path: objectPath(served, reference),
        body: options,
      });
      return true;
    });
    return done ?? false;
  }

  async scale(reference: ObjectReference, replicas: number): Promise<void> {
    await this.mergePatch(reference, { spec: { replicas } }, "scale");
  }

  watch(query: ListQuery, signal: AbortSignal): AsyncIterable<WatchEvent> {
    return follow({
      connection: this.#connection,
      list: () => this.#listed(query),
      pathFrom: async (resourceVersion) => {
        const path = collectionPath(await this.#served(query), query.namespace);
        const parameters = selectors(query);
        parameters.set("watch", "1");
        parameters.set("allowWatchBookmarks", "true");
        parameters.set("timeoutSeconds", String(watchSeconds));
        parameters.set("resourceVersion", resourceVersion);
        return `${path}?${parameters.toString()}`;
      },
      signal,
    });
  }

  kinds(): Promise<readonly ServedKind[]> {
    return this.#discovery.all();
  }

  raw(path: string): Promise<string> {
    return this.#connection.text({ path, accept: "*/*" });
  }

  close(): void {
    this.#connection.close();
  }

  async #listed(query: ListQuery): Promise<Listed | undefined> {
    const served = await this.#discovery.find(query);
    if (served === undefined) return undefined;
    return this.#orNothing(served, async () => {
      const objects: KubernetesObject[] = [];
      const parameters = selectors(query);
      parameters.set("limit", String(pageSize));
      for (;;) {
        const path = `${collectionPath(served, query.namespace)}?${parameters.toString()}`;
        const page = await this.#connection.json({ path });
        const { apiVersion, kind } = served;
        // The API server leaves out of each what it says of the whole list.
        for (const item of listIn(page, "items")) objects.push(asObject(item, { apiVersion, kind }));
        const next = text(page, "metadata", "continue") ?? "";
        if (next === "") {
          return { objects, resourceVersion: text(page, "metadata", "resourceVersion") ?? "" };
        }
        parameters.set("continue", next);
      }
    });
  }

  async #served(reference: KindReference): Promise<ServedKind> {
    const served = await this.#discovery.find(reference);
    if (served !== undefined) return served;
    const { apiVersion, kind } = reference;
    throw new KubernetesError(`${this.address} serves no ${kind} of ${apiVersion}`, 404, "NotServed");
  }

  async #pathOf(reference: ObjectReference): Promise<string> {
    return objectPath(await this.#served(reference), reference);
  }

  /** Undefined for what is not there; a kind that is gone is not remembered either. */
  async #orNothing<Result>(served: ServedKind, ask: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof KubernetesError) || error.status !== 404) throw error;
      this.#discovery.forget(served.apiVersion);
      return undefined;
    }
  }
}
