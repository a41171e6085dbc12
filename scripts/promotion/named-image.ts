/** An image as a command line names it: `app@sha256:…`, or, where a digest is missing, `app:1.4.0` or `app`. */
export function namedImage(text: string): { readonly name: string; readonly pin: string } {
  const end = text.search(/[@:]/);
  return end === -1 ? { name: text, pin: "" } : { name: text.slice(0, end), pin: text.slice(end + 1) };
}
