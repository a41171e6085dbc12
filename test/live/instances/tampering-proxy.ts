import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { request } from "node:https";
import { load } from "js-yaml";
import { list, text } from "../../../synth/objects/json-fields.ts";

export interface TamperingProxy {
  /** On loopback, without TLS. */
  readonly url: string;
  /** What callers said who they are, each once. */
  readonly authorizations: ReadonlySet<string>;
  /** Milliseconds that answers claim to be later than they are. */
  ahead: number;
  /** Called before each deletion goes on. */
  beforeDelete: () => Promise<void>;
  stop(): Promise<void>;
}

/** Stands before an API server, as one of its accounts: lets time pass, and lets something happen between two calls. */
export async function startTamperingProxy(kubeconfig: string): Promise<TamperingProxy> {
  const { address, ca, identity } = read(kubeconfig);
  const authorizations = new Set<string>();
  const forward = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const { authorization = "", host: _, connection: __, ...headers } = incoming.headers;
    authorizations.add(authorization);
    const call = request(new URL(incoming.url ?? "", address), {
      ca,
      method: incoming.method,
      headers: { ...headers, ...identity },
    });
    call.on("response", (answer) => {
      const date = new Date(Date.parse(answer.headers.date ?? "") + proxy.ahead).toUTCString();
      outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, date });
      answer.pipe(outgoing);
    });
    call.on("error", () => outgoing.writeHead(502).end());
    incoming.pipe(call);
  };
  const server = createServer((incoming, outgoing) => {
    if (incoming.method !== "DELETE") return forward(incoming, outgoing);
    void proxy.beforeDelete().then(() => forward(incoming, outgoing));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  const proxy: TamperingProxy = {
    url: `http://127.0.0.1:${typeof bound === "object" ? bound?.port : ""}`,
    authorizations,
    ahead: 0,
    beforeDelete: () => Promise.resolve(),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return proxy;
}

/** Where a kubeconfig leads, and as whom: one of ours, with a token that may impersonate. */
function read(kubeconfig: string) {
  const config = load(readFileSync(kubeconfig, "utf8"));
  const [cluster] = list(config, "clusters");
  const [user] = list(config, "users");
  return {
    address: text(cluster, "cluster", "server") ?? "",
    ca: readFileSync(text(cluster, "cluster", "certificate-authority") ?? ""),
    identity: {
      authorization: `Bearer ${text(user, "user", "token") ?? ""}`,
      "impersonate-user": text(user, "user", "as") ?? "",
    },
  };
}
