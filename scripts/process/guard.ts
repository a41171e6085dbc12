import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { Socket } from "node:net";

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
for each in $guarded; do kill -s KILL -- "-$each" 2> /dev/null; done
`;

let shell: ChildProcess | undefined;
const guarded = new Set<number>();

/** Ends the group that this process leads with us, unless it is let go before. */
export function guard(pid: number): void {
  guarded.add(pid);
  shell ??= startShell();
  void tell(shell, `add ${pid}`);
}

/**
 * For a process that has ended, whose number may be given to another, or that is to outlive us. Resolves when the
 * guard has been told.
 */
export async function letGo(pid: number): Promise<void> {
  if (shell === undefined || !guarded.delete(pid)) return;
  const told = shell;
  if (guarded.size === 0) shell = undefined;
  await tell(told, `remove ${pid}`);
  if (shell === undefined) told.stdin?.end();
}

/** A guard that is gone already is told nothing: the record of processes is what remains. */
function tell(child: ChildProcess, line: string): Promise<void> {
  return new Promise((resolve) => {
    if (child.stdin === null) return resolve();
    child.stdin.write(`${line}\n`, () => resolve());
  });
}

function startShell(): ChildProcess {
  const child = spawn("/bin/sh", ["-c", script], { stdio: ["pipe", "ignore", "ignore"], detached: true });
  // Neither it nor the pipe to it keeps us from ending.
  child.unref();
  child.on("error", () => undefined);
  child.stdin.on("error", () => undefined);
  if (child.stdin instanceof Socket) child.stdin.unref();
  return child;
}
