import type { Digest } from "./names.ts";
import type { ImagePin } from "./image.ts";
import { addonReleasePath, releasePath } from "./paths.ts";

/** Full name of a commit. */
export type Revision = string;

/**
 * What one environment of an app runs; committed as apps/<app>/releases/<environment>.json. Of an environment that
 * follows main: its images alone.
 */
export interface Release {
  readonly images: Readonly<Record<string, ImagePin>>;
  /** Absent where the environment follows main. */
  readonly frozen?: Freeze;
}

/**
 * How a release came to be: moved from the step before, taken back, made for one step alone, the same once more with what AWS
 * says of its clusters by now, or what ran already when it was frozen.
 */
export const releaseKinds = ["promote", "rollback", "hotfix", "facts", "freeze"] as const;
export type ReleaseKind = (typeof releaseKinds)[number];

/** What a slice is frozen at. */
export interface Freeze {
  /** Commit that its slices are rendered from: 40 hexadecimal digits. */
  readonly revision: Revision;
  /** Versions of the charts that they hold, by chart. */
  readonly charts: Readonly<Record<string, string>>;
  /** Digest of the slice's files in dist, by the cluster it stands on. */
  readonly slices: Readonly<Record<string, Digest>>;
  /**
   * Where its slices hold newer facts of a cluster than the revision does: git's name (40 hexadecimal digits) of the content
   * of clusters/facts/<cluster>.json, by cluster. Absent where the revision's own facts are what was rendered with.
   */
  readonly facts?: Readonly<Record<string, string>>;
  readonly kind: ReleaseKind;
  /** Step that it was promoted from. */
  readonly from?: string;
  /** `Name <address>` as git knows whoever released it. */
  readonly who: string;
  /** Date of the commit that released it, UTC in ISO 8601, to the second. */
  readonly when: string;
  readonly why: string;
}

/** What `why` of a release is, for files and command lines alike. */
export const reasonLine = {
  pattern: /^[^\p{Cc}]{1,500}$/u,
  text: "one line of 1 to 500 characters",
} as const;

/** What is released as one: an app in one environment, or an add-on in one group of clusters. */
export interface Subject {
  readonly of: "app" | "addon";
  /** Name of the app or the add-on. */
  readonly name: string;
  /** Environment or group. */
  readonly step: string;
}

/** Owner of its slices in dist. */
export function subjectOwner({ of, name, step }: Subject): string {
  return of === "app" ? `${name}-${step}` : name;
}

/** Path of its release from the repository root. */
export function subjectPath({ of, name, step }: Subject): string {
  return of === "app" ? releasePath(name, step) : addonReleasePath(name, step);
}

export function isSameSubject(a: Subject, b: Subject): boolean {
  return a.of === b.of && a.name === b.name && a.step === b.step;
}

/** As people name it on the command line. */
export function subjectText({ of, name, step }: Subject): string {
  return of === "app" ? `${name} ${step}` : `--addon ${name} ${step}`;
}
