import { withClusterLock } from "../cluster/lock.ts";
import { folderToEnd, providerOf, readProvider } from "../cluster/started.ts";
import { endRecorded } from "../process/record.ts";
import { endSession, localFolder } from "./session.ts";

/**
 * Ends a cluster of this machine, and the `up` that watches it: what they started, and nothing else.
 *
 * @returns whether anything ran
 * @throws ProblemsError if no such cluster was started here, or another command is at work on it
 */
export async function takeDown(name: string): Promise<boolean> {
  const folder = await folderToEnd(name);
  await endSession(folder, name);
  return withClusterLock(folder, name, async () => {
    const ended = endRecorded(localFolder(folder));
    const provider = await providerOf(readProvider(folder));
    return (await provider.stop({ folder, name })) || ended.length > 0;
  });
}
