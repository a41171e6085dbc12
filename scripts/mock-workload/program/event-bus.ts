import { openRedis } from "./redis.ts";

/** Carries events from where they are published to every client: of this replica, or of all. */
export interface EventBus {
  /** False where it could not be passed on; nothing is kept for later. */
  readonly publish: (event: string) => Promise<boolean>;
  readonly close: () => void;
}

type Deliver = (event: string) => void;
type Log = (line: string) => void;
type Environment = Readonly<Record<string, string | undefined>>;

const channel = "content-studio:events";
/** Milliseconds that Redis may take to confirm an event. */
const confirmation = 2_000;

/**
 * The bus that `SSE_ADAPTER` names: `memory` reaches clients of this replica, `redis` those of all.
 *
 * @param deliver hands an event to the clients of this replica
 * @throws Error where it is neither, or where `REDIS_URL` is missing
 */
export function openEventBus(environment: Environment, deliver: Deliver, log: Log): EventBus {
  const adapter = environment["SSE_ADAPTER"];
  if (adapter === "memory") return memoryBus(deliver);
  if (adapter !== "redis") throw new Error(`SSE_ADAPTER is "${adapter}": set it to memory or redis`);
  const url = environment["REDIS_URL"];
  if (url === undefined || url === "") throw new Error("SSE_ADAPTER is redis, and REDIS_URL is not set");
  return redisBus(url, deliver, log);
}

function memoryBus(deliver: Deliver): EventBus {
  return {
    publish: async (event) => {
      deliver(event);
      return true;
    },
    close: () => {},
  };
}

/** Two connections, since one that subscribes may do nothing else. Each comes back by itself. */
function redisBus(url: string, deliver: Deliver, log: Log): EventBus {
  const subscriber = openRedis(url, ["SUBSCRIBE", channel], {
    onReply: (reply) => {
      if (reply instanceof Error) log(`redis refuses: ${reply.message}`);
      if (!Array.isArray(reply)) return;
      const [kind, , event] = reply;
      if (kind === "subscribe") log(`redis: subscribed to ${channel}`);
      if (kind === "message" && typeof event === "string") deliver(event);
    },
    onState: (state, why) => state === "down" && log(`redis is gone, trying again: ${why}`),
  });
  const unanswered: ((confirmed: boolean) => void)[] = [];
  const publisher = openRedis(url, [], {
    // Logging in answers with a text, publishing with the number of those who got it.
    onReply: (reply) => {
      if (typeof reply === "number" || reply instanceof Error)
        unanswered.shift()?.(typeof reply === "number");
    },
    onState: (state) => state === "down" && unanswered.splice(0).forEach((resolve) => resolve(false)),
  });
  return {
    publish: (event) =>
      new Promise((resolve) => {
        if (!publisher.send("PUBLISH", channel, event)) return resolve(false);
        // One that is answered late keeps its place, since answers come in the order of sending.
        const timer = setTimeout(() => resolve(false), confirmation);
        unanswered.push((confirmed) => {
          clearTimeout(timer);
          resolve(confirmed);
        });
      }),
    close: () => {
      subscriber.close();
      publisher.close();
    },
  };
}
