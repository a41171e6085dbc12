import { connect } from "node:net";
import type { Socket } from "node:net";
import { command, ReplyReader } from "./resp.ts";
import type { Reply } from "./resp.ts";

interface Events {
  /** Each reply in its order, those of `greeting` first. */
  readonly onReply: (reply: Reply) => void;
  readonly onState: (state: "up" | "down", why: string) => void;
}

export interface RedisLink {
  /** False where there is no connection to send it on. */
  readonly send: (...words: readonly string[]) => boolean;
  readonly close: () => void;
}

/** Milliseconds before the first new attempt, and the most between two. */
const firstPause = 100;
const longestPause = 2_000;

/**
 * A connection that comes back: after each connecting it logs in and sends its greeting.
 *
 * @param url `redis://[user:password@]host[:port][/database]`
 * @throws Error where the URL is of another kind
 */
export function openRedis(url: string, greeting: readonly string[], events: Events): RedisLink {
  const opening = [...loginOf(url), ...(greeting.length > 0 ? [greeting] : [])];
  let socket: Socket | undefined;
  let timer: NodeJS.Timeout | undefined;
  let pause = firstPause;
  let closed = false;
  const open = (): void => {
    const reader = new ReplyReader();
    const fresh = connect(addressOf(url));
    fresh.on("connect", () => {
      socket = fresh;
      pause = firstPause;
      fresh.write(opening.map((words) => command(...words)).join(""));
      events.onState("up", "");
    });
    fresh.on("data", (bytes) => {
      try {
        reader.read(bytes).forEach(events.onReply);
      } catch (error) {
        fresh.destroy(error instanceof Error ? error : undefined);
      }
    });
    let why = "Redis ended the connection";
    fresh.on("error", (error) => (why = error.message));
    fresh.on("close", () => {
      socket = undefined;
      if (closed) return;
      events.onState("down", why);
      timer = setTimeout(open, pause);
      pause = Math.min(pause * 2, longestPause);
    });
  };
  open();
  return {
    send: (...words) => {
      if (socket?.writable !== true) return false;
      socket.write(command(...words));
      return true;
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
      socket?.destroy();
    },
  };
}

function addressOf(url: string): { host: string; port: number } {
  const { hostname, port } = new URL(url);
  // An address of version 6 stands in brackets in a URL, and in none elsewhere.
  return { host: hostname.replace(/^\[(.*)\]$/, "$1"), port: Number(port || 6379) };
}

function loginOf(url: string): readonly (readonly string[])[] {
  const { protocol, username, password, pathname } = new URL(url);
  if (protocol !== "redis:") throw new Error(`a mock speaks redis:, not ${protocol}`);
  const user = username === "" ? [] : [decodeURIComponent(username)];
  const database = pathname.slice(1);
  return [
    ...(password === "" ? [] : [["AUTH", ...user, decodeURIComponent(password)]]),
    ...(database === "" || database === "0" ? [] : [["SELECT", database]]),
  ];
}
