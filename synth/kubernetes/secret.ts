import type { IExternalSecret } from "@kubernetes-models/external-secrets/external-secrets.io/v1/ExternalSecret";
import type { IPassword } from "@kubernetes-models/external-secrets/generators.external-secrets.io/v1alpha1/Password";
import { secretStoreName } from "../model/capability.ts";
import type { Stage } from "../model/stage.ts";
import type { KubernetesObject } from "../objects/kubernetes-object.ts";

/** A Secret that External Secrets fills in the cluster; no value of it is ever in git. */
export interface SecretRef {
  readonly secretName: string;
}

export interface SecretSpec {
  /** Keys of the Secret; each is a property of the same name at the remote entry. */
  readonly keys: readonly string[];
  /** Remote entry below `<app>/<environment>/`. Default: the Secret's name. */
  readonly entry?: string;
  /** Values composed from the keys, as External Secrets templates, such as a connection string. */
  readonly template?: Readonly<Record<string, string>>;
  /** Whether any random value will do, for an entry of one key: Secrets Manager then makes it, once. Default: somebody puts it there. */
  readonly generated?: true;
}

const generatedAnnotation = { name: "slipway.dev/value", value: "generated" } as const;

/** Whether an ExternalSecret asks for an entry that Secrets Manager fills itself. */
export function isGenerated(object: KubernetesObject): boolean {
  const { name, value } = generatedAnnotation;
  return object.kind === "ExternalSecret" && object.metadata.annotations?.[name] === value;
}

/** Declares a Secret and where its values come from on this cluster. */
export function secret(stage: Stage, name: string, spec: SecretSpec): SecretRef {
  const store = stage.context.capabilities.secretStore;
  if (store === undefined) {
    stage.context.report(
      `Secret ${name} has nowhere to come from: the cluster has no secret store`,
      'give the cluster the capability "secretStore", and list it among what the app needs',
    );
    return { secretName: name };
  }
  if (spec.generated && spec.keys.length !== 1) {
    stage.context.report(
      `Secret ${name} is generated and has ${spec.keys.length} keys, of which Secrets Manager makes one`,
      "give each key an entry of its own, or leave generated out",
    );
  }
  stage.addResource(
    store.backend === "secrets-manager"
      ? fromSecretsManager(stage, name, spec)
      : generated(stage, name, spec),
  );
  return { secretName: name };
}

function fromSecretsManager(stage: Stage, name: string, spec: SecretSpec): IExternalSecret {
  return {
    apiVersion: "external-secrets.io/v1",
    kind: "ExternalSecret",
    metadata: {
      name,
      ...(spec.generated && { annotations: { [generatedAnnotation.name]: generatedAnnotation.value } }),
    },
    spec: {
      refreshInterval: "1h",
      secretStoreRef: { kind: "ClusterSecretStore", name: secretStoreName },
      target: target(name, spec),
      data: spec.keys.map((key) => ({
        secretKey: key,
        // Written out, because the controller would add them and the reconciler would see drift.
        remoteRef: {
          key: `${stage.context.secretPath}/${spec.entry ?? name}`,
          property: key,
          conversionStrategy: "Default",
          decodingStrategy: "None",
          metadataPolicy: "None",
        },
      })),
    },
  };
}

/** Made once by a generator, so that a later refresh does not change a password under a running database. */
function generated(stage: Stage, name: string, spec: SecretSpec): IExternalSecret {
  stage.addResource({
    apiVersion: "generators.external-secrets.io/v1alpha1",
    kind: "Password",
    metadata: { name },
    spec: { length: 32, digits: 8, symbols: 0, noUpper: false, allowRepeat: true },
  } satisfies IPassword);
  return {
    apiVersion: "external-secrets.io/v1",
    kind: "ExternalSecret",
    metadata: { name },
    spec: {
      refreshPolicy: "CreatedOnce",
      target: target(name, spec),
      dataFrom: spec.keys.map((key) => ({
        sourceRef: {
          generatorRef: { apiVersion: "generators.external-secrets.io/v1alpha1", kind: "Password", name },
        },
        rewrite: [{ regexp: { source: "password", target: key } }],
      })),
    },
  };
}

function target(name: string, spec: SecretSpec): NonNullable<NonNullable<IExternalSecret["spec"]>["target"]> {
  return {
    name,
    creationPolicy: "Owner",
    deletionPolicy: "Retain",
    ...(spec.template && {
      template: { engineVersion: "v2", mergePolicy: "Merge", data: { ...spec.template } },
    }),
  };
}
