import { spawn } from "node:child_process";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { ProblemsError } from "../../synth/model/problem.ts";
import { errorCode } from "../tree/failure.ts";
import type { GitServer, GitServerOptions } from "./git-server.ts";

/**
 * Serves every repository below a folder, for reading.
 *
 * @throws ProblemsError where the port is taken
 */
export async function startGitServer({ folder, port = 0 }: GitServerOptions): Promise<GitServer> {
  const server = createServer((request, response) => serve(folder, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(errorCode(error) === "EADDRINUSE" ? taken(port) : error));
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the git server has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Clients keep connections for their next request.
        server.closeAllConnections();
      }),
  };
}

function taken(port: number): ProblemsError {
  return new ProblemsError([
    {
      rule: "port-taken",
      at: { definition: "scripts/git-server" },
      what: `the git server cannot listen on 127.0.0.1:${port}: another program does`,
      fix: "end that program, or leave the port to Slipway, which then takes a free one",
    },
  ]);
}

/** One request to `git http-backend`, a CGI program (RFC 3875). */
function serve(folder: string, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, search } = new URL(request.url ?? "/", "http://127.0.0.1");
  const backend = spawn("git", ["http-backend"], {
    // Nothing of what the user set for git and HTTP reaches it.
    env: {
      PATH: process.env["PATH"],
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: "1",
      GIT_CONFIG_NOSYSTEM: "1",
      // Its folder may belong to another user of this machine, as in containers.
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: "safe.directory",
      GIT_CONFIG_VALUE_0: "*",
      REQUEST_METHOD: request.method ?? "GET",
      PATH_INFO: decodeURIComponent(pathname),
      QUERY_STRING: search.slice(1),
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
      HTTP_GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
      ...(request.headers["content-length"] !== undefined && {
        CONTENT_LENGTH: request.headers["content-length"],
      }),
    },
    stdio: ["pipe", "pipe", "ignore"],
  });
  backend.once("error", (error) => fail(response, error));
  // It may answer before it has read everything.
  backend.stdin.on("error", () => undefined);
  request.pipe(backend.stdin);
  response.once("close", () => backend.kill());
  void passOn(backend.stdout, response).catch((error: unknown) => fail(response, error));
}

/** Headers end with an empty line; git writes CRLF. */
async function passOn(output: AsyncIterable<Buffer>, response: ServerResponse): Promise<void> {
  let head = Buffer.alloc(0);
  for await (const chunk of output) {
    if (response.headersSent) {
      if (!response.write(chunk)) await drained(response);
      continue;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf("\r\n\r\n");
    if (end === -1) continue;
    writeHead(head.subarray(0, end).toString("latin1"), response);
    response.write(head.subarray(end + 4));
  }
  if (!response.headersSent) throw new Error("git http-backend answers nothing");
  response.end();
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off("drain", done).off("close", done);
      resolve();
    };
    response.once("drain", done).once("close", done);
  });
}

function writeHead(head: string, response: ServerResponse): void {
  const headers = head.split("\r\n").map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  const status = headers.find(([name]) => name === "status")?.[1] ?? "200";
  response.statusCode = Number.parseInt(status, 10);
  for (const [name, value] of headers) if (name !== "status" && name !== "") response.setHeader(name, value);
  response.flushHeaders();
}

function fail(response: ServerResponse, error: unknown): void {
  if (!response.headersSent) response.writeHead(500, { "content-type": "text/plain" });
  response.end(error instanceof Error ? `${error.message}\n` : "\n");
}
