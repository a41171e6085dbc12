/** RFC 1123: what names a namespace or a Service, and fits every path, host and label. */
const dnsLabel = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

export const dnsLabelRule =
  "lower-case letters, digits and dashes, at most 63, with a letter or digit at both ends";

export function isDnsLabel(name: string): boolean {
  return dnsLabel.test(name);
}
