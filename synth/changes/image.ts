/** An image reference in its parts. */
export interface ImageParts {
  /** Without the registry: `attractor-factory/factory-api`. */
  readonly repository: string;
  /** `:1.2.0`, `@sha256:…` or both; empty where it says neither. */
  readonly version: string;
}

/** Longer than any reference: 255 characters each for registry, repository and tag, and a digest. */
const longest = 1024;

/** Reads a reference with a registry, a tag or a digest; undefined for text that is no such reference. */
export function splitImage(reference: string): ImageParts | undefined {
  if (reference.length > longest) return undefined;
  const match =
    /^(?:([\w.-]+(?:\.[\w.-]+|:\d+)|localhost)\/)?([a-z0-9]+(?:[._/-]+[a-z0-9]+)*)((?::[\w][\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?)$/.exec(
      reference,
    );
  if (match === null) return undefined;
  const [, , repository = "", version = ""] = match;
  return { repository, version };
}

/** What people tell versions by: the tag, or the start of the digest. */
export function shortVersion(version: string): string {
  const digest = /@sha256:([0-9a-f]{12})/.exec(version)?.[1];
  const tag = /^:([^@]+)/.exec(version)?.[1];
  if (tag !== undefined && digest !== undefined) return `${tag} (${digest})`;
  return tag ?? digest ?? "latest";
}
