import { freePorts } from "../process/free-ports.ts";
import { EndedError } from "./wait.ts";

/** Somebody may take a free port before it is used. Nobody does so five times. */
const attempts = 5;

/** Starts something on free ports, and again on others if one of them was taken meanwhile. */
export async function withFreePorts<Started>(
  count: number,
  start: (ports: readonly number[]) => Promise<Started>,
  cleanUp: () => Promise<void> = () => Promise.resolve(),
): Promise<Started> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start(await freePorts(count));
    } catch (error) {
      await cleanUp();
      if (!(error instanceof EndedError) || !error.portTaken || attempt === attempts) throw error;
    }
  }
}
