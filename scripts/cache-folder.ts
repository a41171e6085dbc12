import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Where this user keeps what Slipway can make again, for every clone; the variable is the XDG base directory
 * specification's.
 */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return join(environment["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "slipway");
}
