/**
 * How the first line of every generated file starts. It is the only record of what Slipway owns: a file without it is
 * foreign. There is no inventory file, so a one-line change stays a one-file diff and merges never conflict in an index.
 */
export const ownershipMark = "# slipway: ";

/** First line of a generated file: who owns it, and what to change. */
export function ownershipLine(owner: string, definition: string): string {
  return `${ownershipMark}${owner}, from ${definition}. Do not edit: change the definition, then npm run synth`;
}

/** Whether Slipway wrote a file with this content, and may therefore replace or remove it. */
export function isOurs(content: string): boolean {
  return content.startsWith(ownershipMark);
}

/** The slice that a file of ours belongs to; undefined for a file that is not ours. */
export function ownerOf(content: string): string | undefined {
  if (!isOurs(content)) return undefined;
  const end = content.indexOf(", from ");
  return end === -1 ? undefined : content.slice(ownershipMark.length, end);
}
