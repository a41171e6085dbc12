import type { Route } from "./ingress/routes.ts";

export interface Address {
  readonly url: string;
  readonly what: string;
}

/**
 * Addresses of the hosts of a cluster, with the Services behind each.
 *
 * @param urlOf how a browser of this machine reaches a host
 */
export function hostAddresses(routes: readonly Route[], urlOf: (host: string) => string): readonly Address[] {
  const hosted = Map.groupBy(
    routes.filter(({ host }) => host !== "" && !host.startsWith("*")),
    ({ host }) => host,
  );
  return [...hosted]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([host, those]) => ({
      url: urlOf(host),
      what: [...new Set(those.map(({ service }) => service))].toSorted().join(", "),
    }));
}

/** A browser takes every name that ends in `.localhost` for this machine. */
export function localUrl(host: string, port: number): string {
  const name = host === "localhost" || host.endsWith(".localhost") ? host : `${host}.localhost`;
  return `http://${name}${port === 80 ? "" : `:${port}`}`;
}

/** Addresses below each other, what they are for in a column of its own. */
export function addressLines(addresses: readonly Address[]): readonly string[] {
  const width = Math.max(0, ...addresses.map(({ url }) => url.length));
  return addresses.map(({ url, what }) => `  ${url.padEnd(width)}  ${what}`);
}
