import type { RenderedObject } from "../render/render.ts";
import { field, fields, list, text } from "../objects/json-fields.ts";
import type { ClusterIndex } from "./index-objects.ts";

/** A Secret that something in the cluster makes. */
export interface SecretSource {
  readonly namespace: string | undefined;
  readonly name: string;
  /** Undefined where only the running cluster knows. */
  readonly keys: readonly string[] | undefined;
  readonly from: RenderedObject;
}

/** Secrets by `<namespace>/<name>`: those of ExternalSecrets and Certificates, and declared ones. */
export function secretSources(index: ClusterIndex): ReadonlyMap<string, SecretSource> {
  const sources = [
    ...index.all("external-secrets.io/ExternalSecret").map(fromExternalSecret),
    ...index.all("cert-manager.io/Certificate").map(fromCertificate),
    ...index.all("/Secret").map(declared),
  ];
  return new Map(sources.map((source) => [`${source.namespace ?? ""}/${source.name}`, source]));
}

function fromExternalSecret(from: RenderedObject): SecretSource {
  const { object } = from;
  const template = field(object, "spec", "target", "template");
  const templated = Object.keys(fields(template, "data"));
  const fetched = [
    ...list(object, "spec", "data").map((entry) => text(entry, "secretKey")),
    ...list(object, "spec", "dataFrom").map(generatedKey),
  ];
  const listed = fetched.filter((key) => key !== undefined);
  const known = listed.length === fetched.length && list(template, "templateFrom").length === 0;
  // A template replaces what was fetched, unless it says that it only adds to it.
  const merges = templated.length === 0 || text(template, "mergePolicy") === "Merge";
  return {
    namespace: object.metadata.namespace,
    name: text(object, "spec", "target", "name") ?? object.metadata.name,
    keys: known ? [...(merges ? listed : []), ...templated] : undefined,
    from,
  };
}

/** A generator's value goes by one key, which a plain rewrite renames. */
function generatedKey(entry: unknown): string | undefined {
  if (field(entry, "sourceRef", "generatorRef") === undefined) return undefined;
  const rewrites = list(entry, "rewrite");
  return rewrites.length === 1 ? text(rewrites[0], "regexp", "target") : undefined;
}

function fromCertificate(from: RenderedObject): SecretSource {
  const { object } = from;
  const plain =
    field(object, "spec", "keystores") === undefined &&
    field(object, "spec", "additionalOutputFormats") === undefined;
  return {
    namespace: object.metadata.namespace,
    name: text(object, "spec", "secretName") ?? "",
    keys: plain ? ["ca.crt", "tls.crt", "tls.key"] : undefined,
    from,
  };
}

function declared(from: RenderedObject): SecretSource {
  const { object } = from;
  const keys = [...Object.keys(fields(object, "data")), ...Object.keys(fields(object, "stringData"))];
  // An empty one is filled by a controller, such as a service account's token.
  const { namespace, name } = object.metadata;
  return { namespace, name, keys: keys.length > 0 ? keys : undefined, from };
}
