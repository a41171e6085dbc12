import { once } from "node:events";
import { ProblemsError } from "../../synth/model/problem.ts";
import { connectKubernetes } from "../kubernetes/connect.ts";
import { errorCode } from "../tree/failure.ts";
import type { ChosenCluster } from "./choose-kubeconfig.ts";
import { follow } from "./follow.ts";
import { servePage } from "./server.ts";
import type { Page } from "./server.ts";

/** Serves the live page of a cluster until the signal is aborted. */
export async function serveStatus(
  chosen: ChosenCluster,
  port: number,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<void> {
  const page = await startPage(chosen, port);
  say(`${page.url} shows ${chosen.name} as it changes; Ctrl-C ends it`);
  if (!signal.aborted) await once(signal, "abort");
  await page.close();
}

/**
 * Begins to serve the live page of a cluster.
 *
 * @param port 0 for any that is free
 * @throws ProblemsError if the port is not to be had
 */
export async function startPage({ name, kubeconfig }: ChosenCluster, port: number): Promise<Page> {
  const client = await connectKubernetes(kubeconfig);
  const ended = new AbortController();
  const end = (): void => {
    ended.abort();
    client.close();
  };
  const followed = follow(client, ended.signal);
  const source = {
    picture: () => ({ cluster: name, reachable: followed.reachable, parts: followed.board.parts() }),
    change: () => followed.change(),
  };
  try {
    const page = await servePage(source, port);
    return {
      url: page.url,
      close: async () => {
        await page.close();
        end();
      },
    };
  } catch (error) {
    end();
    throw asProblem(error, port);
  }
}

function asProblem(error: unknown, port: number): unknown {
  const code = errorCode(error);
  if (code !== "EADDRINUSE" && code !== "EACCES") return error;
  return new ProblemsError([
    {
      rule: "usage",
      at: { definition: "command line" },
      what: `port ${port} ${code === "EACCES" ? "is not open to you" : "is taken"}`,
      fix: "name another one with --port, or leave it out for any that is free",
    },
  ]);
}
