/** Whether every address of `inner` is in `outer`; both as CIDR, such as `10.0.0.0/8` or `fd00::/8`. False if one is none. */
export function isWithin(inner: string, outer: string): boolean {
  const [small, large] = [parse(inner), parse(outer)];
  if (small === undefined || large === undefined || small.bits !== large.bits || small.prefix < large.prefix)
    return false;
  const shift = BigInt(large.bits - large.prefix);
  return small.address >> shift === large.address >> shift;
}

interface Range {
  readonly address: bigint;
  readonly prefix: number;
  readonly bits: number;
}

function parse(cidr: string): Range | undefined {
  const [address = "", length] = cidr.split("/");
  const bits = address.includes(":") ? 128 : 32;
  const value = bits === 128 ? ipv6(address) : ipv4(address);
  const prefix = length === undefined ? bits : Number(length);
  return value === undefined || !Number.isInteger(prefix) || prefix < 0 || prefix > bits
    ? undefined
    : { address: value, prefix, bits };
}

function ipv4(text: string): bigint | undefined {
  const parts = text.split(".").map(Number);
  if (parts.length !== 4 || parts.some((part) => !(part >= 0 && part <= 255))) return undefined;
  return parts.reduce((sum, part) => (sum << 8n) + BigInt(part), 0n);
}

function groups(part: string): readonly string[] {
  return part === "" ? [] : part.split(":");
}

function ipv6(text: string): bigint | undefined {
  const [head = "", tail] = text.split("::");
  const front = groups(head);
  const back = tail === undefined ? [] : groups(tail);
  const missing = 8 - front.length - back.length;
  if (tail === undefined ? missing !== 0 : missing < 0) return undefined;
  const all = [...front, ...Array.from({ length: missing }, () => "0"), ...back];
  if (all.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return all.reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n);
}
