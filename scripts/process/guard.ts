import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";

/**
 * Kills what it guards when the process that made it is gone, however that ended. A shell, because it needs nothing
 * else on Linux and macOS, and costs a megabyte: it reads which processes to guard, and the end of its input is the
 * end of its maker. Each pid is the leader of a group, and the whole group is killed.
 */
const script = `
trap '' INT TERM HUP
guarded=''
while read -r verb pid; do
  case $verb in
    add) guarded="$guarded $pid" ;;
    remove) kept=''; for each in $guarded; do [ "$each" = "$pid" ] || kept="$kept $each"; done; guarded=$kept ;;
  esac
done
for each in $guarded; do kill -9 -- "-$each" 2> /dev/null; done
`;

let shell: ChildProcess | undefined;
let guarded = 0;

/** Ends the group that this process leads with us, unless it is let go before. */
export function guard(pid: number): void {
  shell ??= startShell();
  guarded += 1;
  tell(`add ${pid}`);
}

/** For a process that has ended, whose number may be given to another, or that is to outlive us. */
export function letGo(pid: number): void {
  if (shell === undefined) return;
  guarded -= 1;
  tell(`remove ${pid}`);
  if (guarded > 0) return;
  shell.stdin?.end();
  shell = undefined;
}

function tell(line: string): void {
  shell?.stdin?.write(`${line}\n`);
}

function startShell(): ChildProcess {
  const child = spawn("/bin/sh", ["-c", script], { stdio: ["pipe", "ignore", "ignore"], detached: true });
  // Neither keeps us from ending.
  child.unref();
  child.stdin.on("error", () => undefined);
  if ("unref" in child.stdin && typeof child.stdin.unref === "function") child.stdin.unref();
  return child;
}
