import { createServer, request } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { once } from "node:events";
import { text } from "node:stream/consumers";

/** What happens to a call on its way. */
export type Fault =
  /** The call does not reach AWS, which says that there are too many. */
  | "throttled"
  /** The call does not reach AWS, which says that the session has ended. */
  | "expired"
  /** The call does not reach AWS; an error of the server. */
  | "broken"
  /** The call reaches AWS, and its answer is lost. */
  | "hung-up";

export interface Proxy {
  readonly url: string;
  /** Actions that were called, in order, such as `CreateChangeSet`. */
  readonly calls: string[];
  /** The next `times` calls of an action meet a fault. */
  readonly inject: (action: string, fault: Fault, times: number) => void;
  /** In the next `times` answers to an action, one text stands for another: a state that moto does not get into. */
  readonly rewrite: (action: string, before: string, after: string, times: number) => void;
  readonly close: () => Promise<void>;
}

/** Stands on loopback between a command and AWS at `target`. */
export async function faultyProxy(target: string): Promise<Proxy> {
  const faults = new Map<string, { fault: Fault; left: number }>();
  const rewrites = new Map<string, { before: string; after: string; left: number }>();
  const calls: string[] = [];
  const server = createServer((incoming, outgoing) => {
    void answer(incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const body = await text(incoming);
    const action = new URLSearchParams(body).get("Action") ?? "";
    calls.push(action);
    const entry = faults.get(action);
    const fault = entry !== undefined && entry.left > 0 ? entry.fault : undefined;
    if (entry !== undefined) entry.left -= 1;
    if (fault !== undefined && fault !== "hung-up") return refuse(outgoing, fault);
    const forwarded = request(target + (incoming.url ?? ""), {
      method: incoming.method ?? "GET",
      headers: incoming.headers,
    });
    forwarded.end(body);
    const [response]: IncomingMessage[] = await once(forwarded, "response");
    if (response === undefined) throw new Error("no response");
    if (fault === "hung-up") {
      await text(response);
      incoming.socket.destroy();
      return;
    }
    const said = await text(response);
    const rewriting = rewrites.get(action);
    const changes = rewriting !== undefined && rewriting.left > 0 && said.includes(rewriting.before);
    if (changes) rewriting.left -= 1;
    const { "content-length": _length, ...headers } = response.headers;
    outgoing.writeHead(response.statusCode ?? 500, headers);
    outgoing.end(changes ? said.replaceAll(rewriting.before, rewriting.after) : said);
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    inject: (action, fault, times) => void faults.set(action, { fault, left: times }),
    rewrite: (action, before, after, times) => void rewrites.set(action, { before, after, left: times }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const refusals: Readonly<
  Record<Exclude<Fault, "hung-up">, readonly [status: number, code: string, message: string]>
> = {
  throttled: [400, "Throttling", "Rate exceeded"],
  expired: [403, "ExpiredToken", "The security token included in the request is expired"],
  broken: [500, "InternalFailure", "We are sorry"],
};

/** In the form of AWS's query protocol. */
function refuse(outgoing: ServerResponse, fault: Exclude<Fault, "hung-up">): void {
  const [status, code, message] = refusals[fault];
  outgoing.writeHead(status, { "content-type": "text/xml" });
  outgoing.end(
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
  );
}
