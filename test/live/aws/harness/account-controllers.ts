import * as v from "valibot";
import { externalSecret } from "../../../../scripts/stand-ins/secrets/external-secret.ts";
import type { SecretsManager } from "../../../../scripts/stand-ins/secrets/secrets-manager.ts";
import { referenceOf } from "../../../../scripts/stand-ins/reference.ts";
import type { StandIn } from "../../../../scripts/stand-ins/stand-in.ts";
import { list, text } from "../../../../synth/objects/json-fields.ts";
import type { Account } from "./account.ts";

/** Milliseconds between looks at what an Ingress still waits for. */
const soon = 1000;

/**
 * What the load balancer controller does: a load balancer in the account for each Ingress of its class, and its name in the
 * Ingress.
 *
 * @param make makes one of this name, and returns its DNS name; undefined while it is not to come
 */
export function loadBalancerController(make: (name: string) => Promise<string | undefined>): StandIn {
  return {
    standsInFor: "the load balancer controller: load balancers of moto",
    watches: { apiVersion: "networking.k8s.io/v1", kind: "Ingress" },
    reconcile: async (ingress, { client, note }) => {
      note(ingress);
      const name = text(ingress, "spec", "ingressClassName") ?? "";
      const kind = { apiVersion: "networking.k8s.io/v1", kind: "IngressClass" };
      if ((await client.get({ ...kind, name })) === undefined) return soon;
      if (list(ingress, "status", "loadBalancer", "ingress").length > 0) return undefined;
      const hostname = await make(ingress.metadata.name.slice(0, 32));
      if (hostname === undefined) return soon;
      const status = { loadBalancer: { ingress: [{ hostname }] } };
      await client.mergePatch(referenceOf(ingress), { status }, "status");
      return undefined;
    },
  };
}

const secretString = v.object({ SecretString: v.string() });
const entry = v.record(v.string(), v.unknown());

/** What External Secrets does: Secrets out of the account's own Secrets Manager, with what people put there. */
export function externalSecrets(account: Account): StandIn {
  const secretsManager: SecretsManager = {
    entry: async (name) => {
      const answer = await account
        .aws("secretsmanager", "get-secret-value", "--secret-id", name)
        .catch(() => undefined);
      const found = v.safeParse(secretString, answer);
      return found.success ? v.parse(entry, JSON.parse(found.output.SecretString)) : undefined;
    },
    stop: async () => {},
  };
  return externalSecret(secretsManager);
}
