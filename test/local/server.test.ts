import { once } from "node:events";
import { createServer, request } from "node:http";
import type { IncomingMessage, RequestListener } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { describe, expect, onTestFinished, test } from "vitest";
import { portsToTry } from "../../scripts/local/ingress/port.ts";
import { serveIngress } from "../../scripts/local/ingress/server.ts";
import type { Asked, Target } from "../../scripts/local/ingress/server.ts";

async function behind(listener: RequestListener): Promise<number> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  server.on("upgrade", (asked: IncomingMessage, socket) => {
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nupgrade: ${asked.headers.upgrade}\r\n\r\n`);
    socket.pipe(socket);
  });
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function ingressTo(targetOf: (asked: Asked) => Target): Promise<number> {
  const { port, close } = await serveIngress(targetOf, [0]);
  onTestFinished(close);
  return port;
}

async function ask(port: number, options: Parameters<typeof request>[1] = {}, body = "") {
  const asked = request({ host: "127.0.0.1", port, ...options });
  asked.end(body);
  const [response]: IncomingMessage[] = await once(asked, "response");
  if (response === undefined) throw new Error("no response");
  return response;
}

describe("the ingress on this machine", () => {
  test("hands a request on as it is, and says where it came in", async () => {
    const port = await behind((asked, response) => {
      void text(asked).then((body) => {
        const { host, "x-forwarded-host": forwarded, "x-forwarded-for": from } = asked.headers;
        response.writeHead(201, { "x-one": "1", "set-cookie": "own=2" });
        response.end(JSON.stringify([asked.method, asked.url, host, forwarded, from, body]));
      });
    });
    const asked: Asked[] = [];
    const edge = await ingressTo((each) => {
      asked.push(each);
      return { port, setCookie: "pod=1" };
    });
    const host = `shop.localhost:${edge}`;
    const response = await ask(
      edge,
      { method: "PUT", path: "/api/x?y=1", headers: { host, cookie: "theme=dark" } },
      "all of it",
    );
    expect([response.statusCode, response.headers["x-one"]]).toEqual([201, "1"]);
    expect(JSON.parse(await text(response))).toEqual([
      "PUT",
      "/api/x?y=1",
      host,
      host,
      "127.0.0.1",
      "all of it",
    ]);
    expect(response.headers["set-cookie"]).toEqual(["own=2", "pod=1"]);
    expect(asked).toEqual([{ host: "shop.localhost", path: "/api/x", cookie: "theme=dark" }]);
  });

  test("passes a stream on as it comes, and ends it behind when the client goes", async () => {
    const gone = Promise.withResolvers<void>();
    const port = await behind((_asked, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write("data: 1\n\n");
      response.on("close", () => gone.resolve());
    });
    const response = await ask(await ingressTo(() => ({ port })));
    const [first] = await once(response, "data");
    expect(String(first)).toBe("data: 1\n\n");
    response.destroy();
    await gone.promise;
  });

  test("lets a connection change its protocol", async () => {
    const port = await behind(() => undefined);
    const socket = connect(await ingressTo(() => ({ port })), "127.0.0.1");
    socket.write(
      "GET /shell HTTP/1.1\r\nhost: shop.localhost\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\n",
    );
    let said = "";
    socket.setEncoding("utf8").on("data", (words: string) => (said += words));
    await expect.poll(() => said).toMatch(/^HTTP\/1\.1 101 .*upgrade: echo\r\n\r\n$/s);
    socket.write("hello");
    await expect.poll(() => said).toMatch(/hello$/);
    socket.destroy();
  });

  test("says why nobody answers", async () => {
    const refused = await ask(await ingressTo(() => ({ status: 503, why: "no pod runs" })));
    expect([refused.statusCode, await text(refused)]).toEqual([503, "no pod runs\n"]);
    const dead = await ask(await ingressTo(() => ({ port: 1 })));
    expect([dead.statusCode, await text(dead)]).toEqual([502, expect.stringContaining("ECONNREFUSED")]);
  });

  test("takes the next port that is free, and only the one that was asked for", async () => {
    const taken = await ingressTo(() => ({ port: 1 }));
    const second = await serveIngress(() => ({ port: 1 }), [taken, 0]);
    onTestFinished(second.close);
    expect(second.port).not.toBe(taken);
    const refused = serveIngress(() => ({ port: 1 }), portsToTry(taken));
    await expect(refused).rejects.toThrow(`port ${taken} is taken, or not open to you`);
    expect(portsToTry(undefined).slice(0, 2)).toEqual([8080, 8081]);
  });
});
