import { chmodSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ProblemsError } from "../../synth/model/problem.ts";
import { runProgram } from "../process/run-program.ts";

export interface Certificate {
  /** The file that clients are told to trust. */
  readonly path: string;
  readonly certificate: Buffer;
  readonly key: Buffer;
}

/** A year, which no cluster on somebody's machine outlives: each start makes a new one. */
const aYear = 365;

/**
 * A throwaway certificate that signs itself, valid for these hosts. Only processes that are told of its file trust it.
 *
 * @param folder in which it and its key (mode 0600) are kept
 * @param days how long it is valid. Default: a year
 * @throws ProblemsError where there is no openssl to make it with
 */
export async function makeCertificate(
  folder: string,
  hosts: readonly string[],
  days = aYear,
): Promise<Certificate> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, "loopback.crt");
  const keyPath = join(folder, "loopback.key");
  const made = await runProgram("openssl", [
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:prime256v1",
    "-nodes",
    "-days",
    String(days),
    "-subj",
    "/CN=Slipway loopback",
    "-addext",
    `subjectAltName=${hosts.map((host) => `DNS:${host}`).join(",")}`,
    "-keyout",
    keyPath,
    "-out",
    path,
  ]);
  if (!made.ok) throw new ProblemsError([noCertificate(made.reason)]);
  chmodSync(keyPath, 0o600);
  return { path, certificate: readFileSync(path), key: readFileSync(keyPath) };
}

function noCertificate(reason: string) {
  return {
    rule: "loopback-certificate",
    at: { definition: "scripts/loopback/certificate.ts" },
    what: `no certificate can be made for the hosts that dist names: ${reason}`,
    fix: "install the openssl command line (Debian: apt-get install openssl), then run this again",
  };
}
