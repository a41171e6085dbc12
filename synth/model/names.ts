/** Deployment stages of a system, in the order in which releases move through them. */
export const environments = ["local", "dev", "staging", "prod"] as const;
export type Environment = (typeof environments)[number];

/** What makes a cluster equal to its part of dist. */
export const reconcilers = ["argocd", "flux"] as const;
export type Reconciler = (typeof reconcilers)[number];

/** Kubernetes versions whose schemas the repository holds (synth/schemas). */
export const kubernetesVersions = ["1.35"] as const;
export type KubernetesVersion = (typeof kubernetesVersions)[number];

/** Twelve digits, kept as a string because account ids may start with 0. */
export type AccountId = `${number}`;
export type Region = `${string}-${string}-${number}`;

export function isAccountId(text: string): text is AccountId {
  return /^\d{12}$/.test(text);
}

/** Whether the text has the form of a region's code, such as us-west-2. */
export function isRegion(text: string): text is Region {
  return /^[a-z]{2}(-[a-z]+)+-\d$/.test(text);
}

export type Zone = `${Region}${"a" | "b" | "c" | "d"}`;

export type RoleArn = `arn:aws:iam::${string}:role/${string}`;
export type CertificateArn = `arn:aws:acm:${string}:${string}:certificate/${string}`;
export type Digest = `sha256:${string}`;

/** Whether the text is the digest of an image: SHA-256, in lower case. */
export function isDigest(text: string): text is Digest {
  return /^sha256:[0-9a-f]{64}$/.test(text);
}
