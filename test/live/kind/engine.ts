import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { onTestFinished } from "vitest";

/** What a container engine has been asked to do. */
export interface Engine {
  readonly environment: NodeJS.ProcessEnv;
  readonly asked: () => readonly (readonly string[])[];
}

/**
 * A client named `docker` or `podman` in front of no engine: it answers what is asked about the engine, writes down what
 * it is told to do, and runs no container. It lets the real kind go on past the question whether there is one.
 */
export function engineInName(name: "docker" | "podman"): Engine {
  const folder = mkdtempSync(join(tmpdir(), "slipway-engine-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const record = join(folder, "asked.jsonl");
  const program = join(folder, name);
  writeFileSync(program, clientSource(record));
  chmodSync(program, 0o755);
  symlinkSync(process.execPath, join(folder, "node"));
  return {
    environment: { PATH: [folder, "/usr/bin", "/bin"].join(delimiter), HOME: folder },
    asked: () =>
      existsSync(record)
        ? readFileSync(record, "utf8")
            .trim()
            .split("\n")
            .map((line): readonly string[] => JSON.parse(line))
        : [],
  };
}

function clientSource(record: string): string {
  const info = {
    CgroupVersion: "2",
    MemoryLimit: true,
    PidsLimit: true,
    CPUShares: true,
    SecurityOptions: [],
  };
  return `#!/usr/bin/env node
const { appendFileSync } = require("node:fs");
const args = process.argv.slice(2);
appendFileSync(${JSON.stringify(record)}, JSON.stringify(args) + "\\n");
const said = args.join(" ");
if (said === "-v" || said === "--version") console.log("Docker version 28.2.2, build e6534b4");
else if (args[0] === "info") console.log(said.includes("json") ? ${JSON.stringify(JSON.stringify(info))} : "28.2.2");
else if (args[0] === "image" && args[1] === "inspect") console.log("sha256:0123");
else if (args[0] === "network" && args[1] === "ls") console.log("kind");
else if (args[0] === "network" && args[1] === "inspect") console.log("[]");
else if (args[0] === "run") {
  console.error("this engine runs no containers");
  process.exitCode = 125;
}
`;
}
