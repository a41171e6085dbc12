import { vi } from "vitest";
import { pythonEnvironment } from "../../../../scripts/python/environment.ts";
import type { PythonEnvironment } from "../../../../scripts/python/environment.ts";
import type { EksCluster } from "../../../../synth/model/cluster.ts";
import { slipway } from "../../../commands/slipway.ts";
import type { Outcome } from "../../../commands/slipway.ts";
import { account } from "./account.ts";
import type { Account } from "./account.ts";
import { cloneRepository } from "./clone.ts";
import type { Clone } from "./clone.ts";
import { atEnd } from "./endings.ts";
import { startMoto } from "./moto.ts";
import type { Moto } from "./moto.ts";
import { cluster, zoneOf } from "./tested-cluster.ts";

// Every call starts a Python; on a machine with other work to do that takes its time.
vi.setConfig({ testTimeout: 900_000 });

/** The programs in Python; says what is skipped where there are none. */
export async function pythonOrNone(file: string): Promise<PythonEnvironment | undefined> {
  const python = await pythonEnvironment();
  if (!("missing" in python)) return python;
  console.warn(`skipped ${file}: ${python.missing}`);
  return undefined;
}

interface Options {
  /** The cluster that is going to be deployed, into its account. Default: {@link cluster}. */
  readonly definition?: EksCluster;
  /** Changes definitions of the clone before it is rendered and published. Default: nothing. */
  readonly prepare?: (clone: Clone) => void;
}

/** A user with a clone, and an account with nothing in it but the zone of the company's domain. */
export interface World {
  readonly moto: Moto;
  readonly clone: Clone;
  readonly account: Account;
  /** Runs the clone's own command line. */
  readonly run: (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Outcome>;
}

export async function newWorld(
  python: PythonEnvironment,
  { definition = cluster, prepare = () => {} }: Options = {},
): Promise<World> {
  const { account: number, region, profile } = definition;
  const clone = cloneRepository();
  const moto = await startMoto(python, number);
  const user = account(python, moto.url, region, [profile]);
  atEnd(async () => {
    await moto.stop();
    user.remove();
  });
  const run: World["run"] = (args, env) => slipway(args, { root: clone.root, env: { ...user.env, ...env } });
  await user.aws(
    "route53",
    "create-hosted-zone",
    "--name",
    zoneOf(definition),
    "--caller-reference",
    "company",
  );
  prepare(clone);
  const rendered = await run(["synth"]);
  if (rendered.status !== 0) throw new Error(rendered.stderr);
  clone.publish("Begin");
  return { moto, clone, account: user, run };
}
