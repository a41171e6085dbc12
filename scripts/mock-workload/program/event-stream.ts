import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type { EventBus } from "./event-bus.ts";
import type { Respond } from "./ports.ts";

/** Where clients listen with GET, and where events are published with POST. */
const eventsPath = "/events";
/** Bytes of an event at most, and that a client may be behind before it is let go. */
const largestEvent = 64 * 1024;
const furthestBehind = 1024 * 1024;
/** Milliseconds between signs of life, below the idle time of any load balancer (an ALB's: 60 s). */
const heartbeat = 15_000;

/** The clients of one replica that listen for Server-Sent Events. */
export class EventStream {
  readonly #clients = new Set<ServerResponse>();
  readonly #timer = setInterval(() => this.#write(": still here\n\n"), heartbeat).unref();

  /** Hands an event to each client. */
  deliver(event: string): void {
    const lines = event.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
    this.#write(`${lines.join("")}\n`);
  }

  /** Answers what concerns events. */
  respondWith(bus: () => EventBus): Respond {
    return (request, response) => {
      if (request.url !== eventsPath) return false;
      if (request.method === "GET") this.#subscribe(response);
      else if (request.method === "POST") void publish(bus(), request, response);
      else response.writeHead(405, { allow: "GET, POST" }).end();
      return true;
    };
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #subscribe(response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write(": listening\n\n");
    this.#clients.add(response);
    response.on("close", () => this.#clients.delete(response));
  }

  #write(message: string): void {
    for (const client of this.#clients) {
      if (client.writableLength > furthestBehind) client.destroy();
      else client.write(message);
    }
  }
}

async function publish(bus: EventBus, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    if (Number(request.headers["content-length"] ?? Infinity) > largestEvent) {
      response.writeHead(413).end(`an event has a content-length of at most ${largestEvent}\n`);
      return;
    }
    const passedOn = await bus.publish(await text(request));
    response.writeHead(passedOn ? 202 : 503).end(passedOn ? "" : "Redis does not answer; publish it again\n");
  } catch {
    // Who published has gone away.
    response.destroy();
  }
}
