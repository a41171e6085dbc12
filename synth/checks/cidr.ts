/** A block of IPv4 addresses, as the first and the last of them. */
export interface Block {
  readonly first: number;
  readonly last: number;
}

/** Reads `10.42.0.0/16`; undefined where it is no block, or not written by its first address. */
export function block(cidr: string): Block | undefined {
  const [, address = "", length = ""] = /^((?:\d{1,3}\.){3}\d{1,3})\/(\d{1,2})$/.exec(cidr) ?? [];
  const parts = address.split(".").map(Number);
  const bits = Number(length);
  if (address === "" || bits > 32 || parts.some((part) => part > 255)) return undefined;
  const first = parts.reduce((sum, part) => sum * 256 + part, 0);
  const size = 2 ** (32 - bits);
  return first % size === 0 ? { first, last: first + size - 1 } : undefined;
}

export function contains(outer: Block, inner: Block): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

export function overlap(a: Block, b: Block): boolean {
  return a.first <= b.last && b.first <= a.last;
}

/** How many addresses it has. */
export function sizeOf({ first, last }: Block): number {
  return last - first + 1;
}
