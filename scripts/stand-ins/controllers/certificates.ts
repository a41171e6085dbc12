import { text } from "../../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import { isReady, say } from "../conditions.ts";
import { standInMark } from "../mark.ts";
import type { StandIn, StandInContext } from "../stand-in.ts";

const group = "cert-manager.io/v1";
const standsInFor = "cert-manager: issuers and certificates, without keys";
/** Milliseconds until something that is waited for is looked at again. */
const soon = 500;

const issuer = (kind: "Issuer" | "ClusterIssuer"): StandIn => ({
  standsInFor,
  watches: { apiVersion: group, kind },
  reconcile: async (object, { client, note }) => {
    note(object);
    const secretName = text(object, "spec", "ca", "secretName");
    const namespace = object.metadata.namespace ?? "cert-manager";
    if (secretName !== undefined) {
      const secret = await client.get({ apiVersion: "v1", kind: "Secret", name: secretName, namespace });
      if (secret === undefined) {
        const message = `there is no Secret ${secretName} with its authority`;
        await say(client, object, { status: "False", reason: "ErrGetKeyPair", message });
        return soon;
      }
    }
    await say(client, object, { status: "True", reason: "IsReady", message: "It could sign." });
    return undefined;
  },
});

const instant = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

/** The Secret of a certificate appears once its issuer is ready, with content that is no key. */
async function certify(
  object: KubernetesObject,
  { client, note }: StandInContext,
): Promise<number | undefined> {
  const { namespace = "" } = object.metadata;
  const kind = text(object, "spec", "issuerRef", "kind") ?? "Issuer";
  const name = text(object, "spec", "issuerRef", "name") ?? "";
  const issuer = await client.get({
    apiVersion: group,
    kind,
    name,
    ...(kind === "Issuer" && { namespace }),
  });
  note(object);
  if (issuer === undefined || !isReady(issuer)) {
    const message = `${kind} ${name} is ${issuer === undefined ? "not there" : "not ready"}`;
    await say(client, object, { status: "False", reason: "DoesNotExist", message });
    return soon;
  }
  await client.apply(secretOf(object, namespace), { fieldManager: "cert-manager" });
  const now = Date.now();
  const month = 30 * 24 * 60 * 60 * 1000;
  await say(
    client,
    object,
    { status: "True", reason: "Ready", message: "Certificate is up to date and has not expired" },
    {
      notBefore: instant(now),
      notAfter: instant(now + 3 * month),
      renewalTime: instant(now + 2 * month),
      revision: 1,
    },
  );
  return undefined;
}

function secretOf(certificate: KubernetesObject, namespace: string): KubernetesObject {
  const content = "a stand-in: no certificate and no key";
  return {
    apiVersion: "v1",
    kind: "Secret",
    type: "kubernetes.io/tls",
    metadata: {
      name: text(certificate, "spec", "secretName") ?? "",
      namespace,
      labels: { [standInMark]: "certificate" },
      annotations: { "cert-manager.io/certificate-name": certificate.metadata.name },
    },
    stringData: { "ca.crt": content, "tls.crt": content, "tls.key": content },
  };
}

const secrets = {
  apiVersion: "v1",
  kind: "Secret",
  labelSelector: `${standInMark}=certificate`,
  ownerOf: ({ metadata: { namespace, annotations } }: KubernetesObject) => {
    const name = annotations?.["cert-manager.io/certificate-name"];
    return name === undefined || namespace === undefined ? undefined : { name, namespace };
  },
};

export const certManager: readonly StandIn[] = [
  issuer("Issuer"),
  issuer("ClusterIssuer"),
  {
    standsInFor,
    watches: { apiVersion: group, kind: "Certificate" },
    also: [secrets],
    reconcile: certify,
  },
];
