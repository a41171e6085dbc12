import { shown } from "./issue.ts";
import type { Complaint } from "./issue.ts";
import type { KindInfo } from "./schema-set.ts";

interface NameRule {
  readonly pattern: RegExp;
  readonly max: number;
  readonly fix: string;
}

const subdomain: NameRule = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  max: 253,
  fix: "use lower-case letters, digits, - and . only, and begin and end with a letter or digit",
};

const label: NameRule = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  max: 63,
  fix: "use lower-case letters, digits and - only, and begin and end with a letter or digit",
};

const serviceLabel: NameRule = {
  pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  max: 63,
  fix: "use lower-case letters, digits and - only, begin with a letter, and end with a letter or digit",
};

/** Names that only have to fit into a URL's path. */
const pathSegment: NameRule = {
  pattern: /^(?!\.{1,2}$)[^/%]+$/,
  max: Number.POSITIVE_INFINITY,
  fix: "leave out / and %",
};

/** An IP address is checked by the server; its name is one. */
const anything: NameRule = { pattern: /^.+$/, max: Number.POSITIVE_INFINITY, fix: "write a name" };

/** By `group/Kind`; every other kind has a DNS subdomain for a name (pkg/apis/…/validation of k8s.io/kubernetes). */
const rules: Readonly<Record<string, NameRule>> = {
  "/Namespace": label,
  "/Service": serviceLabel,
  "apps/StatefulSet": label,
  // The controller appends eleven characters to make the names of Jobs.
  "batch/CronJob": { ...subdomain, max: 52 },
  "apiregistration.k8s.io/APIService": pathSegment,
  "certificates.k8s.io/CertificateSigningRequest": pathSegment,
  "networking.k8s.io/IPAddress": anything,
  "rbac.authorization.k8s.io/ClusterRole": pathSegment,
  "rbac.authorization.k8s.io/ClusterRoleBinding": pathSegment,
  "rbac.authorization.k8s.io/Role": pathSegment,
  "rbac.authorization.k8s.io/RoleBinding": pathSegment,
};

export function nameComplaint({ group, kind }: KindInfo, name: string): Complaint | undefined {
  return complaint(rules[`${group}/${kind}`] ?? subdomain, `name for kind ${kind}`, name);
}

export function namespaceComplaint(namespace: string): Complaint | undefined {
  return complaint(label, "name for a namespace", namespace);
}

function complaint(rule: NameRule, purpose: string, name: string): Complaint | undefined {
  const what = `${shown(name)} is not a valid ${purpose}`;
  if (name.length > rule.max)
    return { what, fix: `shorten it from ${name.length} to at most ${rule.max} characters` };
  return rule.pattern.test(name) ? undefined : { what, fix: rule.fix };
}
