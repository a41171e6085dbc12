import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeCertificate } from "../../scripts/loopback/certificate.ts";
import type { Certificate } from "../../scripts/loopback/certificate.ts";
import { slipway } from "../commands/slipway.ts";

const host = "factory.pelx.ai";
const folder = mkdtempSync(join(tmpdir(), "slipway-smoke-"));
const certificates = new Map<string, Certificate>();

function hasOpenssl(): boolean {
  try {
    execFileSync("openssl", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    console.warn("skipped smoke-checks.test.ts: there is no openssl");
    return false;
  }
}

interface Site {
  readonly ports: string;
  readonly close: () => void;
}

function certificateOf(name: string): Certificate {
  const found = certificates.get(name);
  if (found === undefined) throw new Error(`no certificate is called ${name}`);
  return found;
}

/** A load balancer and an app behind it, on loopback. */
async function serve(certificate: string, app: RequestListener, plain: RequestListener): Promise<Site> {
  const { key, certificate: cert } = certificateOf(certificate);
  const servers = [createSecureServer({ key, cert }, app), createServer(plain)];
  const ports = [];
  for (const server of servers) {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    ports.push(portOf(server.address()));
  }
  return { ports: ports.join(":"), close: () => servers.forEach((server) => server.close()) };
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === "object" && address !== null ? address.port : 0;
}

const redirects = ({ url, headers }: IncomingMessage, response: ServerResponse): void => {
  response.writeHead(301, { location: `https://${headers.host}:443${url}` }).end();
};

const healthy: RequestListener = ({ url, headers }, response) => {
  response.writeHead(headers.host === host && url !== "/api" ? 200 : 401).end();
};

const broken: RequestListener = (_, response) => void response.writeHead(503).end();

describe.skipIf(!hasOpenssl())("slipway aws smoke-checks", () => {
  const sites: Site[] = [];
  const site = async (...parts: Parameters<typeof serve>) => {
    const served = await serve(...parts);
    sites.push(served);
    return served;
  };
  const check = ({ ports }: Site, certificate = "good", ...options: readonly string[]) =>
    slipway(["aws", "smoke-checks", "attractor-factory", "--at", `127.0.0.1:${ports}`, ...options], {
      env: { NODE_EXTRA_CA_CERTS: certificateOf(certificate).path },
    });

  beforeAll(async () => {
    certificates.set("good", await makeCertificate(join(folder, "good"), [host], 90));
    certificates.set("ending", await makeCertificate(join(folder, "ending"), [host], 5));
    certificates.set("other", await makeCertificate(join(folder, "other"), ["other.example.com"], 90));
  });

  afterAll(() => {
    for (const each of sites) each.close();
    rmSync(folder, { recursive: true });
  });

  test("finds every page of the rendered Ingress as it should be", async () => {
    const { status, stdout, stderr } = await check(await site("good", healthy, redirects));
    expect({ status, stderr, stdout }).toMatchObject({
      status: 0,
      stdout: "4 pages of attractor-factory answer as they should\n",
    });
    expect(stderr).toContain(`✓ http://${host}/\n`);
    expect(stderr).toContain(`✓ https://${host}/healthz\n`);
    expect(stderr).toContain(`✓ https://${host}/api\n`);
  });

  test("a dry run says which pages it would ask for, and asks nobody", async () => {
    const gone = await serve("good", healthy, redirects);
    gone.close();
    const { status, stdout, stderr } = await check(gone, "good", "--dry-run");
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: "4 pages of attractor-factory would be asked for\n",
    });
    expect(stderr).toContain(
      `would ask for https://${host}/healthz, which should answer between 200 and 399\n`,
    );
  });

  test("tells a server in error, and that http does not lead to https", async () => {
    const { status, stderr } = await check(await site("good", broken, broken));
    expect(status).toBe(1);
    expect(stderr).toContain(`https://${host}/healthz: it answers 503, and should between 200 and 399`);
    expect(stderr).toContain(`http://${host}/: it answers 503, and should between 301 and 308`);
  });

  test.each([
    ["ending", "ending", /its certificate ends in 4 days/],
    ["other", "other", /its certificate does not hold/],
    ["good", "other", /its certificate does not hold/],
  ])("tells a certificate that is %s where %s is trusted", async (served, trusted, complaint) => {
    const { status, stderr } = await check(await site(served, healthy, redirects), trusted);
    expect(status).toBe(1);
    expect(stderr).toMatch(complaint);
  });

  test("tells that nobody answers", async () => {
    const gone = await serve("good", healthy, redirects);
    gone.close();
    const { status, stderr } = await check(gone);
    expect(status).toBe(1);
    expect(stderr).toContain("nobody answers (ECONNREFUSED");
  });
});
