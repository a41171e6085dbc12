import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Picture } from "./model.ts";
import { pageFiles } from "./page-files.ts";
import type { PageFile } from "./page-files.ts";
import { changesBetween } from "./changes.ts";

/** What the page shows, and when that changes. */
export interface Source {
  readonly picture: () => Picture;
  /** Resolves at the next change. */
  readonly change: () => Promise<void>;
}

export interface Page {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Milliseconds at least between two messages: a rollout changes its objects many times a second. */
const shortestPause = 200;
/** Milliseconds between signs of life. */
const heartbeat = 15_000;

/** Nothing but the page's own files is loaded or asked, and no other page may show it in a frame. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const headers: Readonly<Record<string, string>> = {
  "content-security-policy": policy,
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
};

/**
 * Serves the live page on loopback, to this machine's browsers only.
 *
 * @param port 0 for any that is free
 */
export async function servePage(source: Source, port: number): Promise<Page> {
  const files = pageFiles();
  const closing = new AbortController();
  let hosts: ReadonlySet<string> = new Set();
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (isForeign(request, hosts))
      return refuse(response, 403, "this page is for this machine's own browsers");
    if (request.method !== "GET" && request.method !== "HEAD") return refuse(response, 405, "only GET");
    if (request.url === "/changes") return void stream(source, response, closing.signal);
    answer(files.get(request.url ?? ""), request, response);
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const chosen = portOf(server);
  // Browsers leave out the port that is HTTP's own.
  const suffix = chosen === 80 ? "" : `:${chosen}`;
  hosts = new Set([`127.0.0.1${suffix}`, `localhost${suffix}`]);
  return {
    url: `http://127.0.0.1:${chosen}/`,
    close: async () => {
      if (closing.signal.aborted) return;
      closing.abort();
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/** A page of another site may lead its own name to this address, or ask across sites. */
function isForeign({ headers }: IncomingMessage, hosts: ReadonlySet<string>): boolean {
  const site = headers["sec-fetch-site"];
  const crosses = site !== undefined && site !== "same-origin" && site !== "none";
  return !hosts.has(headers.host ?? "") || (crosses && headers["sec-fetch-mode"] !== "navigate");
}

function refuse(response: ServerResponse, status: number, why: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${why}\n`);
}

function answer(file: PageFile | undefined, request: IncomingMessage, response: ServerResponse): void {
  if (file === undefined) return refuse(response, 404, "there is nothing here");
  response.writeHead(200, { "content-type": file.type });
  response.end(request.method === "HEAD" ? undefined : file.content);
}

/** Server-Sent Events: the whole picture first, then what is different from what was sent. */
async function stream(source: Source, response: ServerResponse, closing: AbortSignal): Promise<void> {
  response.writeHead(200, { "content-type": "text/event-stream" });
  const timer = setInterval(() => response.write(": still here\n\n"), heartbeat);
  const gone = once(response, "close");
  try {
    let sent: Picture | undefined;
    while (!closing.aborted && !response.destroyed) {
      const change = source.change();
      const picture = source.picture();
      for (const { event, data } of changesBetween(sent, picture)) {
        // JSON has no line breaks of its own.
        const ready = response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
        if (!ready) await Promise.race([once(response, "drain"), gone]);
      }
      sent = picture;
      await Promise.race([change, gone]);
      await Promise.race([sleep(shortestPause), gone]);
    }
  } finally {
    clearInterval(timer);
    response.end();
  }
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a server without a port");
  return address.port;
}
