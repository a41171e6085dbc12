// What `inOneProcess` starts: answering.ts <root> runs the command line of that repository for each message it gets,
// one after the other, and answers with what it printed. Vitest loads definitions in its own way; Node does here.
import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Answer, Call } from "./one-process.ts";

const [root = ""] = process.argv.slice(2);
enableCompileCache(join(root, ".slipway/compile-cache"));
const { run }: { run: (args: readonly string[]) => Promise<number> } = await import(
  pathToFileURL(join(root, "scripts/program.ts")).href
);
// Each call listens for closed pipes.
for (const stream of [process.stdout, process.stderr]) stream.setMaxListeners(0);

/** Runs with standard output and error kept instead of printed. */
async function answer({ id, args, env }: Call): Promise<Answer> {
  const said = { stdout: "", stderr: "" };
  const before = { ...process.env };
  const keeping = (["stdout", "stderr"] as const).map((name) => {
    const { write } = process[name];
    process[name].write = (chunk: string | Uint8Array) => {
      said[name] += String(chunk);
      return true;
    };
    return () => (process[name].write = write);
  });
  Object.assign(process.env, env);
  try {
    return { id, status: await run(args), ...said };
  } catch (error) {
    return { id, status: 1, ...said, stderr: `${said.stderr}${error instanceof Error ? error.stack : ""}` };
  } finally {
    for (const name of Object.keys(env)) delete process.env[name];
    Object.assign(process.env, before);
    for (const restore of keeping) restore();
  }
}

let last: Promise<void> = Promise.resolve();
process.on("message", (call: Call) => {
  last = last.then(async () => void process.send?.(await answer(call)));
});
