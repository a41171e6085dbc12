import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeCertificate } from "../../scripts/loopback/certificate.ts";
import { listen } from "../../scripts/loopback/listen.ts";
import { startLoopback } from "../../scripts/loopback/loopback.ts";
import type { Loopback } from "../../scripts/loopback/loopback.ts";
import { ProblemsError } from "../../synth/model/problem.ts";

const run = promisify(execFile);

const chart = { repository: "https://charts.example.com/stable", name: "greeter", version: "1.0.0" };
const application = (source: object) => ({ kind: "Application", spec: { source } });
const objects = [
  application({ repoURL: "https://git.example.com/team/fleet.git", path: "dist/garden" }),
  application({ repoURL: chart.repository, chart: chart.name, targetRevision: chart.version }),
  application({ repoURL: "ghcr.example.com/charts", chart: "sailor", targetRevision: "2.0.0" }),
];

const folder = mkdtempSync(join(tmpdir(), "slipway-loopback-"));
const asked: string[] = [];
const git = createServer((request, response) => {
  asked.push(`${request.method ?? ""} ${request.url ?? ""}`);
  response.end("refs");
});
let loopback: Loopback;

beforeAll(async () => {
  const port = await listen(git);
  loopback = await startLoopback({
    folder,
    objects,
    git: `http://127.0.0.1:${port}/local.git`,
    packageChart: async ({ name, version }) => ({
      name,
      version,
      archive: Buffer.from(`${name} ${version}`),
    }),
  });
});

afterAll(async () => {
  await loopback.stop();
  git.close();
  rmSync(folder, { recursive: true, force: true });
});

/** As a reconciler would: another process, told of the loopback by nothing but its environment. */
async function get(url: string): Promise<string> {
  const node = `
    import https from "node:https"; import http from "node:http"; import { readFileSync } from "node:fs";
    const proxy = new URL(process.env.HTTPS_PROXY), target = new URL(process.argv[1]);
    const connect = http.request({ host: proxy.hostname, port: proxy.port, method: "CONNECT", path: target.hostname + ":443" });
    connect.on("connect", (answer, socket) => {
      if (answer.statusCode !== 200) { console.log("refused " + answer.statusCode); socket.destroy(); return; }
      const ca = readFileSync(process.env.SSL_CERT_FILE);
      https.get(target, { socket, ca, agent: false, servername: target.hostname }, (got) => {
        process.stdout.write(got.statusCode + " "); got.pipe(process.stdout);
      });
    }).end();`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", node, url], {
    env: loopback.environment,
  });
  return stdout.trim();
}

test("a chart repository that dist names answers with its index and its archives", async () => {
  const index = await get(`${chart.repository}/index.yaml`);
  expect(index).toContain('"greeter-1.0.0.tgz"');
  expect(await get(`${chart.repository}/greeter-1.0.0.tgz`)).toBe("200 greeter 1.0.0");
});

test("a registry that an Application names without a scheme answers as one", async () => {
  const manifest = await get("https://ghcr.example.com/v2/charts/sailor/manifests/2.0.0");
  const digest = /gzip","digest":"(sha256:\w+)"/.exec(manifest)?.[1] ?? "";
  expect(await get(`https://ghcr.example.com/v2/charts/sailor/blobs/${digest}`)).toBe("200 sailor 2.0.0");
});

test("the git repository that dist names is the local one", async () => {
  expect(await get("https://git.example.com/team/fleet.git/info/refs?service=git-upload-pack")).toBe(
    "200 refs",
  );
  expect(asked).toEqual(["GET /local.git/info/refs?service=git-upload-pack"]);
});

test("another repository of that host does not exist", async () => {
  expect(await get("https://git.example.com/team/other.git/info/refs")).toMatch(/^404/);
});

test("a host that dist does not name is refused, and the refusal is kept", async () => {
  expect(await get("https://elsewhere.example.org/index.yaml")).toBe("refused 403");
  expect(loopback.refusals.map(({ target }) => target)).toContain("elsewhere.example.org:443");
});

test("nobody else may read the key", () => {
  expect(statSync(join(folder, "loopback.key")).mode & 0o777).toBe(0o600);
});

test("a source that no reconciler could be given stops before anything listens", async () => {
  const hostile = [application({ repoURL: "https://git.example.com/a.git;rm -rf", path: "x" })];
  const started = startLoopback({
    folder,
    objects: hostile,
    git: "http://127.0.0.1:1",
    packageChart: () => Promise.reject(new Error("not reached")),
  });
  await expect(started).rejects.toThrow("is no git repository");
});

test("a machine without openssl is told to install it", async () => {
  const path = process.env["PATH"];
  process.env["PATH"] = folder;
  try {
    const error: unknown = await makeCertificate(folder, ["example.com"]).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ProblemsError);
    expect(error instanceof ProblemsError && error.problems[0]?.fix).toContain(
      "install the openssl command line",
    );
  } finally {
    process.env["PATH"] = path;
  }
});
