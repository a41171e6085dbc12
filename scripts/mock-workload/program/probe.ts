#!/usr/bin/env node
import { once } from "node:events";
import { connect } from "node:net";
import { basename } from "node:path";

/**
 * Stands in for the programs that exec probes call, under their names, and tells the same by its exit code: whether the
 * port of its service accepts connections.
 */
const services: Readonly<Record<string, number>> = { pg_isready: 5432, "redis-cli": 6379 };

const name = basename(process.argv[1] ?? "");
const port = services[name];
if (port === undefined) throw new Error(`a mock has no ${name}`);
try {
  const socket = connect(port, process.env["MOCK_HOST"] ?? "127.0.0.1");
  await once(socket, "connect");
  socket.destroy();
  if (name === "redis-cli") console.log("PONG");
} catch {
  // As pg_isready says that nothing answers.
  process.exitCode = 2;
}
