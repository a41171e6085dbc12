/** A tag as it is, a digest by its start. */
export function pinText(pin: string): string {
  return pin.replace(/^sha256:([0-9a-f]{12})[0-9a-f]*$/, "$1");
}
