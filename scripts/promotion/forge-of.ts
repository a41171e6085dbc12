import { forgeOf } from "../forge/forges.ts";
import type { ForgeName } from "../forge/forges.ts";
import type { Forge } from "../forge/forge.ts";
import { remoteUrl } from "../git/repository.ts";
import type { Desk } from "./desk.ts";

/** The forge that the desk's remote is at; none without a remote. */
export async function forgeAt(
  { root, remote }: Desk,
  name: ForgeName | undefined,
): Promise<Forge | undefined> {
  if (remote === undefined) return undefined;
  const url = await remoteUrl(root, remote);
  return url === undefined ? undefined : forgeOf(root, url, name);
}
