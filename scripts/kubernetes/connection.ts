import type { IncomingMessage } from "node:http";
import { Agent, request } from "node:https";
import type { RequestOptions } from "node:https";
import type { KubeConfig } from "@kubernetes/client-node";
import { text } from "../../synth/objects/json-fields.ts";
import type { Fields } from "../../synth/objects/json-fields.ts";
import type { Json } from "../../synth/objects/kubernetes-object.ts";
import { KubernetesError } from "./client.ts";
import { messageOf } from "../output/message-of.ts";

export interface Ask {
  readonly method?: "GET" | "POST" | "PATCH" | "DELETE";
  /** Path and query. */
  readonly path: string;
  readonly body?: Json | Fields;
  /** Default: `application/json`. */
  readonly contentType?: string;
  readonly accept?: string;
  /** Ends a request that may last: a watch, which keeps a connection of its own for as long. */
  readonly signal?: AbortSignal;
}

/** Most requests that wait for an answer at once; watches hold one connection each besides. */
const mostSockets = 64;

/** HTTPS to one API server, with the login of a kubeconfig. */
export class Connection {
  readonly address: string;
  readonly #config: KubeConfig;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: mostSockets });
  /** Without a limit: there may be more kinds to watch than sockets, and nobody could ask anything any more. */
  readonly #watches = new Agent();

  constructor(config: KubeConfig, address: string) {
    this.#config = config;
    this.address = address;
  }

  /** The body of a good answer. */
  async text(ask: Ask): Promise<string> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const response = await this.open(ask);
        return await bodyOf(response);
      } catch (error) {
        if (attempt >= 3 || !(error instanceof KubernetesError) || !error.mayBeAskedAgain) throw error;
        await new Promise((resolve) => setTimeout(resolve, attempt * 500));
      }
    }
  }

  async json(ask: Ask): Promise<unknown> {
    return JSON.parse(await this.text(ask));
  }

  /** A good answer whose body is still to be read. */
  async open(ask: Ask): Promise<IncomingMessage> {
    const response = await this.#send(ask);
    const status = response.statusCode ?? 0;
    if (status >= 200 && status < 300) return response;
    const body = await bodyOf(response);
    throw refusal(status, body, `${ask.method ?? "GET"} ${ask.path}`);
  }

  close(): void {
    this.#agent.destroy();
    this.#watches.destroy();
  }

  async #send({ method = "GET", path, body, contentType = "application/json", accept, signal }: Ask) {
    const options: RequestOptions = { headers: {} };
    await this.#config.applyToHTTPSOptions(options);
    const viaProxy = this.#config.getCurrentCluster()?.proxyUrl !== undefined;
    const payload = body === undefined ? undefined : JSON.stringify(body);
    return new Promise<IncomingMessage>((resolve, reject) => {
      const sent = request(
        new URL(path, this.address),
        {
          ...options,
          ...(!viaProxy && { agent: signal === undefined ? this.#agent : this.#watches }),
          ...(signal !== undefined && { signal }),
          method,
          headers: {
            ...options.headers,
            accept: accept ?? "application/json",
            ...(payload !== undefined && {
              "content-type": contentType,
              "content-length": Buffer.byteLength(payload),
            }),
          },
        },
        resolve,
      );
      sent.on("error", (error) => reject(noAnswer(error, this.address, sent.reusedSocket)));
      sent.end(payload);
    });
  }
}

async function bodyOf(response: IncomingMessage): Promise<string> {
  response.setEncoding("utf8");
  let body = "";
  try {
    for await (const chunk of response) body += String(chunk);
  } catch (error) {
    throw noAnswer(error, "the API server", false);
  }
  return body;
}

/** @param reused a connection that the server may have closed just when it was used again: nothing was done */
function noAnswer(error: unknown, address: string, reused: boolean): KubernetesError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const message = messageOf(error);
  const again = reused && code === "ECONNRESET";
  return new KubernetesError(`${address} does not answer: ${message}`, 0, code, again);
}

function refusal(status: number, body: string, asked: string): KubernetesError {
  let said: unknown;
  try {
    said = JSON.parse(body);
  } catch {
    said = undefined;
  }
  const message = text(said, "message") ?? `${asked}: ${body.trim() || `status ${status}`}`;
  return new KubernetesError(message, status, text(said, "reason") ?? "", status === 429);
}
