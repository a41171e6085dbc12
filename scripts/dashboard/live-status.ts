import { ProblemsError } from "../../synth/model/problem.ts";
import { exitCodes } from "../exit-codes.ts";
import type { ExitCode } from "../exit-codes.ts";
import { KubernetesError } from "../kubernetes/client.ts";
import { connectKubernetes } from "../kubernetes/connect.ts";
import { terminalWidth } from "../output/table.ts";
import { root } from "../root.ts";
import { chooseKubeconfig } from "./choose-kubeconfig.ts";
import { look } from "./look.ts";
import { isSettled } from "./model.ts";
import type { Picture } from "./model.ts";
import { placedReleases } from "./placed-releases.ts";
import { serveStatus } from "./serve.ts";
import { statusLines } from "./status-lines.ts";

export interface LiveOptions {
  readonly cluster?: string;
  readonly kubeconfig?: string;
  readonly json?: true;
  readonly serve?: true;
  readonly port?: number;
}

/** What a cluster makes of its part of dist: once, or on a page that is served until the user ends it. */
export async function liveStatus(options: LiveOptions): Promise<ExitCode> {
  const chosen = chooseKubeconfig(options, root);
  if (options.serve) {
    await serveStatus(chosen, options.port ?? 0, interruption(), (line) => console.log(line));
    return exitCodes.clean;
  }
  const picture = await pictureOf(chosen);
  if (options.json) console.log(JSON.stringify(picture));
  else console.log(statusLines(picture, terminalWidth(), await placedReleases()).join("\n"));
  return picture.parts.every(isSettled) ? exitCodes.clean : exitCodes.differs;
}

async function pictureOf({ name, kubeconfig }: { name: string; kubeconfig: string }): Promise<Picture> {
  const client = await connectKubernetes(kubeconfig);
  try {
    const board = await look(client);
    return { cluster: name, reachable: true, parts: board.parts() };
  } catch (error) {
    if (!(error instanceof KubernetesError)) throw error;
    throw new ProblemsError([
      {
        rule: "cluster-unreachable",
        at: { definition: kubeconfig, cluster: name },
        what: `the API server does not tell its state: ${error.message}`,
        fix: "see that the cluster runs, and that the kubeconfig lets you read its Applications or Kustomizations",
      },
    ]);
  } finally {
    client.close();
  }
}

/** Aborted when the user, or the system, wants the command to end. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}
