import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { TLSSocket } from "node:tls";
import type { Expectation } from "./expectations.ts";

/** Where to connect to in place of the host's own address: before its record is there, or in a test. */
export interface Address {
  readonly address: string;
  readonly http: number;
  readonly https: number;
}

export interface Answer {
  readonly status: number;
  readonly location: string | undefined;
  /** Days until the certificate ends; undefined without TLS. */
  readonly certificateDays: number | undefined;
}

/** Milliseconds that a page may take. */
const longest = 15_000;
const day = 86_400_000;

/** Asks for a page as a browser would: by its name, with the certificate checked against it. Follows nothing. */
export function askPage({ scheme, host, path }: Expectation, at: Address | undefined): Promise<Answer> {
  const request = scheme === "https" ? httpsRequest : httpRequest;
  const options = {
    host: at?.address ?? host,
    ...(at !== undefined && { port: at[scheme] }),
    servername: host,
    path,
    headers: { host, "user-agent": "slipway smoke-checks" },
    signal: AbortSignal.timeout(longest),
    // Of another connection's certificate nothing would be seen.
    agent: false,
  };
  return new Promise((resolve, reject) => {
    const asked = request(options, (response) => {
      const { socket } = response;
      const end = socket instanceof TLSSocket ? Date.parse(socket.getPeerCertificate().valid_to) : undefined;
      response.resume();
      resolve({
        status: response.statusCode ?? 0,
        location: response.headers.location,
        certificateDays: end === undefined ? undefined : Math.floor((end - Date.now()) / day),
      });
    });
    asked.on("error", reject);
    asked.end();
  });
}
