/**
 * Deletes users' instances that have been idle for as long as they say. Plain JavaScript for Node without packages, which
 * the pod runs from a ConfigMap. It reads the time off the API server's answers, so that its own clock does not count,
 * and deletes an instance as it has seen it or not at all: one whose user came back meanwhile has changed.
 */
export const reaperProgram = `import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

const { INSTANCES_URL, ACCOUNT_FOLDER, EVERY_SECONDS, METRICS_PORT } = process.env;
const round = Number(EVERY_SECONDS) * 1000;
const counts = { instances: 0, reaped: 0, spared: 0, errors: 0, lastRound: 0 };

async function call(query, options = {}) {
  // The token changes while this runs.
  const authorization = "Bearer " + readFileSync(ACCOUNT_FOLDER + "/token", "utf8").trim();
  const headers = { authorization, "content-type": "application/json" };
  return fetch(INSTANCES_URL + query, { ...options, headers, signal: AbortSignal.timeout(30_000) });
}

const answered = async (response) => response.status + " " + (await response.text()).slice(0, 300);

function isIdle({ metadata, spec }, now) {
  const since = Math.max(Date.parse(metadata.creationTimestamp), Date.parse(spec.lastActivity) || 0);
  return metadata.deletionTimestamp === undefined && now - since >= spec.idleMinutes * 60_000;
}

async function reap({ metadata }) {
  const { name, uid, resourceVersion } = metadata;
  const body = JSON.stringify({ propagationPolicy: "Background", preconditions: { uid, resourceVersion } });
  const response = await call("/" + encodeURIComponent(name), { method: "DELETE", body });
  if (response.ok) {
    counts.reaped += 1;
    console.log("reaped " + name);
  } else if (response.status === 409) {
    counts.spared += 1;
    console.log("spared " + name + ": it has changed meanwhile");
  } else if (response.status !== 404) throw new Error(name + ": " + (await answered(response)));
  await response.body?.cancel();
}

async function look() {
  let [seen, next] = [0, ""];
  do {
    const response = await call("?limit=500" + (next && "&continue=" + encodeURIComponent(next)));
    if (!response.ok) throw new Error("list: " + (await answered(response)));
    const now = Date.parse(response.headers.get("date"));
    const { items, metadata } = await response.json();
    for (const instance of items) if (isIdle(instance, now)) await reap(instance).catch(complain);
    seen += items.length;
    next = metadata.continue ?? "";
  } while (next !== "");
  counts.instances = seen;
  counts.lastRound = Date.now();
}

function complain(error) {
  counts.errors += 1;
  console.error(String(error), error.cause ?? "");
}

const metrics = () => [
  "# TYPE user_instances gauge",
  "user_instances " + counts.instances,
  "# TYPE user_instances_reaped_total counter",
  "user_instances_reaped_total " + counts.reaped,
  "# TYPE user_instances_spared_total counter",
  "user_instances_spared_total " + counts.spared,
  "# TYPE user_instance_reaper_errors_total counter",
  "user_instance_reaper_errors_total " + counts.errors,
  "# TYPE user_instance_reaper_last_round_timestamp_seconds gauge",
  "user_instance_reaper_last_round_timestamp_seconds " + counts.lastRound / 1000,
  "",
].join("\\n");

const started = Date.now();
const server = createServer(({ url }, response) => {
  if (url === "/metrics") return response.setHeader("content-type", "text/plain; version=0.0.4").end(metrics());
  // Five rounds without one that went through: a new process may do better.
  const isWell = url === "/healthz" && Date.now() - Math.max(started, counts.lastRound) < 5 * round + 60_000;
  response.writeHead(isWell ? 200 : url === "/healthz" ? 503 : 404).end();
}).listen(Number(METRICS_PORT));

const ended = new AbortController();
process.on("SIGTERM", () => ended.abort());
while (!ended.signal.aborted) {
  await look().catch(complain);
  await sleep(round, undefined, { signal: ended.signal }).catch(() => undefined);
}
server.close();
`;
