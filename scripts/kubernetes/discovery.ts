import { list, strings, text } from "../../synth/objects/json-fields.ts";
import { groupOf } from "../../synth/objects/group-kind.ts";
import type { KindReference, ServedKind } from "./client.ts";
import { KubernetesError } from "./client.ts";
import type { Connection } from "./connection.ts";

/** Which kinds an API server serves, asked once for each version of a group. */
export class Discovery {
  readonly #connection: Connection;
  readonly #versions = new Map<string, Promise<readonly ServedKind[]>>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Undefined where it is not served. Asks again for what it does not know, since CRDs come and go. */
  async find({ apiVersion, kind }: KindReference): Promise<ServedKind | undefined> {
    const known = await this.#versions.get(apiVersion)?.catch(() => undefined);
    const found = known?.find((each) => each.kind === kind);
    if (found !== undefined) return found;
    const asked = this.#ask(apiVersion);
    this.#versions.set(apiVersion, asked);
    try {
      return (await asked).find((each) => each.kind === kind);
    } catch (error) {
      this.#versions.delete(apiVersion);
      throw error;
    }
  }

  /** Called when a kind that was known is not served any more. */
  forget(apiVersion: string): void {
    this.#versions.delete(apiVersion);
  }

  async all(): Promise<readonly ServedKind[]> {
    const accept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    const answers = await Promise.all(
      ["/api", "/apis"].map((path) => this.#connection.json({ path, accept })),
    );
    return answers.flatMap((answer) => list(answer, "items")).flatMap(preferredOf);
  }

  async #ask(apiVersion: string): Promise<readonly ServedKind[]> {
    try {
      const answer = await this.#connection.json({ path: versionPath(apiVersion) });
      return list(answer, "resources").flatMap((resource) => {
        const plural = text(resource, "name") ?? "";
        // `deployments/scale` is part of deployments.
        if (plural.includes("/")) return [];
        return served(apiVersion, resource, text(resource, "kind"), plural, isNamespaced(resource));
      });
    } catch (error) {
      if (error instanceof KubernetesError && error.status === 404) return [];
      throw error;
    }
  }
}

/** `/api/v1` or `/apis/apps/v1`. */
export function versionPath(apiVersion: string): string {
  return groupOf(apiVersion) === "" ? `/api/${apiVersion}` : `/apis/${apiVersion}`;
}

/** The first version of a group is the one that it prefers. */
function preferredOf(group: unknown): readonly ServedKind[] {
  const name = text(group, "metadata", "name");
  const seen = new Set<string>();
  return list(group, "versions").flatMap((version) => {
    const apiVersion = [name, text(version, "version") ?? ""].filter((part) => part).join("/");
    return list(version, "resources").flatMap((resource) => {
      const kind = text(resource, "responseKind", "kind");
      if (kind === undefined || seen.has(kind)) return [];
      seen.add(kind);
      const namespaced = text(resource, "scope") === "Namespaced";
      return served(apiVersion, resource, kind, text(resource, "resource") ?? "", namespaced);
    });
  });
}

function served(
  apiVersion: string,
  resource: unknown,
  kind: string | undefined,
  plural: string,
  namespaced: boolean,
): readonly ServedKind[] {
  if (kind === undefined) return [];
  return [{ apiVersion, kind, plural, namespaced, verbs: strings(resource, "verbs") }];
}

function isNamespaced(resource: unknown): boolean {
  return typeof resource === "object" && resource !== null && "namespaced" in resource
    ? resource.namespaced === true
    : false;
}
