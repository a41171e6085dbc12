import type { IncomingMessage, ServerResponse } from "node:http";
import { sha256 } from "../charts/cache.ts";

/** What a chart repository or a registry answers with. */
export interface Content {
  readonly type: string;
  readonly body: Buffer | string;
}

/** Answers GET and HEAD with what lies at a path. */
export function answer(request: IncomingMessage, response: ServerResponse, content: Content | undefined) {
  if (content === undefined) {
    response
      .writeHead(404, { "content-type": "application/json" })
      .end('{"errors":[{"code":"NAME_UNKNOWN"}]}');
    return;
  }
  const { type, body } = content;
  response.writeHead(200, {
    "content-type": type,
    "content-length": Buffer.byteLength(body),
    "docker-content-digest": sha256(body),
  });
  response.end(request.method === "HEAD" ? undefined : body);
}
