import type { IExternalSecret } from "@kubernetes-models/external-secrets/external-secrets.io/v1/ExternalSecret";
import type { IPassword } from "@kubernetes-models/external-secrets/generators.external-secrets.io/v1alpha1/Password";
import { secretStoreName } from "../model/capability.ts";
import type { Stage } from "../model/stage.ts";

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
    metadata: { name },
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
