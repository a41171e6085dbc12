import { createHash } from "node:crypto";
import { field, fields, list, number, stringMap, text } from "../../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import type { KubernetesClient } from "../../kubernetes/client.ts";
import { say } from "../conditions.ts";
import { standInMark } from "../mark.ts";
import { ownedBy } from "../reference.ts";
import type { StandIn, StandInContext } from "../stand-in.ts";
import { passwordOf } from "./password.ts";
import type { SecretsManager } from "./secrets-manager.ts";
import { storeOf } from "./store.ts";
import { fillIn } from "./template.ts";
import { messageOf } from "../../output/message-of.ts";

type Values = Readonly<Record<string, string>>;

/** Milliseconds until an ExternalSecret that failed is tried again. */
const again = 500;

/** Something that only whoever wrote the ExternalSecret can mend; its message becomes the condition's. */
class Refusal extends Error {}

/** Fills the Secret that an ExternalSecret asks for, or says in its condition why not. */
async function fill(
  object: KubernetesObject,
  context: StandInContext,
  secretsManager: SecretsManager | undefined,
): Promise<number | undefined> {
  const { client, note } = context;
  const { name, namespace = "" } = object.metadata;
  const target = text(object, "spec", "target", "name") ?? name;
  note(object);
  const existing = await client.get({ apiVersion: "v1", kind: "Secret", name: target, namespace });
  const isOnce = text(object, "spec", "refreshPolicy") === "CreatedOnce";
  const written = `${number(object, "metadata", "generation") ?? 1}`;
  const isFilled = existing?.metadata.annotations?.[generationMark] === written;
  if (
    existing !== undefined &&
    (isFilled || (isOnce && existing.metadata.labels?.[standInMark] !== undefined))
  ) {
    await synced(object, client);
    return undefined;
  }
  try {
    const values = {
      ...(await fromStore(object, client, secretsManager)),
      ...(await generated(object, client)),
    };
    const data = templated(object, values);
    await client.apply(secretOf(object, target, data, written), { fieldManager: "externalsecrets" });
    await synced(object, client);
    return undefined;
  } catch (error) {
    const message = messageOf(error);
    await say(client, object, { status: "False", reason: "SecretSyncedError", message });
    if (error instanceof Refusal) return again;
    throw error;
  }
}

/** Which generation of the ExternalSecret a Secret was filled for. */
const generationMark = "slipway.dev/stand-in-generation";

async function synced(object: KubernetesObject, client: KubernetesClient): Promise<void> {
  const message = "secret synced";
  const refreshTime = text(object, "status", "refreshTime") ?? `${new Date().toISOString().slice(0, 19)}Z`;
  const version = createHash("sha256").update(JSON.stringify(object["spec"])).digest("hex").slice(0, 16);
  const status = {
    refreshTime,
    syncedResourceVersion: `${number(object, "metadata", "generation") ?? 1}-${version}`,
  };
  await say(client, object, { status: "True", reason: "SecretSynced", message }, status);
}

async function fromStore(
  object: KubernetesObject,
  client: KubernetesClient,
  secretsManager: SecretsManager | undefined,
): Promise<Values> {
  const asked = list(object, "spec", "data");
  if (asked.length === 0) return {};
  const { prefix, refusal } = await storeOf(object, client);
  if (refusal !== undefined || secretsManager === undefined) {
    throw new Refusal(refusal ?? "no secret store of this cluster reads AWS Secrets Manager");
  }
  const values = await Promise.all(
    asked.map(async (each): Promise<[string, string]> => {
      const key = `${prefix}${text(each, "remoteRef", "key") ?? ""}`;
      const property = text(each, "remoteRef", "property") ?? "";
      const entry = await secretsManager.entry(key);
      if (entry === undefined)
        throw new Refusal(`Secrets Manager holds no ${key}: no definition declares it`);
      const value = entry[property];
      if (typeof value !== "string")
        throw new Refusal(`${key} has no property ${property}: no definition declares it`);
      return [text(each, "secretKey") ?? "", value];
    }),
  );
  return Object.fromEntries(values);
}

/** What generators make up, under the names that the ExternalSecret gives it. */
async function generated(object: KubernetesObject, client: KubernetesClient): Promise<Values> {
  const values: Record<string, string> = {};
  for (const source of list(object, "spec", "dataFrom")) {
    const kind = text(source, "sourceRef", "generatorRef", "kind") ?? "";
    const name = text(source, "sourceRef", "generatorRef", "name") ?? "";
    const apiVersion =
      text(source, "sourceRef", "generatorRef", "apiVersion") ?? "generators.external-secrets.io/v1alpha1";
    if (kind !== "Password")
      throw new Refusal(`the stand-in for External Secrets knows no generator ${kind || "here"}`);
    const { namespace = "" } = object.metadata;
    const generator = await client.get({ apiVersion, kind, name, namespace });
    if (generator === undefined) throw new Refusal(`there is no ${kind} ${name}`);
    const key = list(source, "rewrite").reduce<string>(
      (current, step) =>
        current.replace(
          new RegExp(text(step, "regexp", "source") ?? ""),
          text(step, "regexp", "target") ?? "",
        ),
      "password",
    );
    values[key] = passwordOf(fields(generator, "spec"));
  }
  return values;
}

function templated(object: KubernetesObject, values: Values): Values {
  if (field(object, "spec", "target", "template") === undefined) return values;
  const templates = Object.entries(stringMap(object, "spec", "target", "template", "data"));
  try {
    const filled = Object.fromEntries(templates.map(([key, template]) => [key, fillIn(template, values)]));
    const merges = text(object, "spec", "target", "template", "mergePolicy") === "Merge";
    return merges || templates.length === 0 ? { ...values, ...filled } : filled;
  } catch (error) {
    throw new Refusal(messageOf(error));
  }
}

function secretOf(object: KubernetesObject, name: string, data: Values, written: string): KubernetesObject {
  const isOwned = text(object, "spec", "target", "creationPolicy") !== "Orphan";
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: {
      name,
      namespace: object.metadata.namespace ?? "",
      labels: { [standInMark]: "external-secret" },
      annotations: { [generationMark]: written, [ownerMark]: object.metadata.name },
      ...(isOwned && { ownerReferences: ownedBy(object) }),
    },
    stringData: { ...data },
  };
}

const ownerMark = "slipway.dev/stand-in-owner";

/** @param secretsManager undefined on a cluster whose secrets are all generated */
export function externalSecret(secretsManager: SecretsManager | undefined): StandIn {
  const generates = secretsManager === undefined;
  return {
    standsInFor: generates
      ? "External Secrets: ExternalSecrets, filled by generators"
      : "External Secrets: ExternalSecrets, filled from moto in place of AWS Secrets Manager",
    watches: { apiVersion: "external-secrets.io/v1", kind: "ExternalSecret" },
    also: [
      {
        apiVersion: "v1",
        kind: "Secret",
        labelSelector: `${standInMark}=external-secret`,
        ownerOf: ({ metadata: { namespace, annotations } }) => {
          const name = annotations?.[ownerMark];
          return name === undefined || namespace === undefined ? undefined : { name, namespace };
        },
      },
    ],
    reconcile: (object, context) => fill(object, context, secretsManager),
  };
}
