/** Starts one program in a folder, with a child of its own, tells their pids, and waits to be killed. */
import { startProgram } from "../../scripts/process/program.ts";

const script = "sleep 300 & echo child $!; wait";
const program = await startProgram({
  name: "sleeper",
  program: "/bin/sh",
  args: ["-c", script],
  folder: process.argv[2] ?? "",
});
if (process.argv[3] === "detached") await program.detach();
console.log(program.pid);
setInterval(() => undefined, 1000);
