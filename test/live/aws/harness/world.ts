import { vi } from "vitest";
import { pythonEnvironment } from "../../../../scripts/python/environment.ts";
import type { PythonEnvironment } from "../../../../scripts/python/environment.ts";
import { slipway } from "../../../commands/slipway.ts";
import type { Outcome } from "../../../commands/slipway.ts";
import { account } from "./account.ts";
import type { Account } from "./account.ts";
import { cloneRepository } from "./clone.ts";
import type { Clone } from "./clone.ts";
import { atEnd } from "./endings.ts";
import { startMoto } from "./moto.ts";
import type { Moto } from "./moto.ts";

// Every call starts a Python; on a machine with other work to do that takes its time.
vi.setConfig({ testTimeout: 900_000 });

/** The cluster that the tests deploy, with the account and profile of its definition. */
export const cluster = {
  name: "attractor-factory",
  profile: "ai-sandbox-administrator",
  account: "582719176192",
  region: "us-west-2",
};

/** The programs in Python; says what is skipped where there are none. */
export async function pythonOrNone(file: string): Promise<PythonEnvironment | undefined> {
  const python = await pythonEnvironment();
  if (!("missing" in python)) return python;
  console.warn(`skipped ${file}: ${python.missing}`);
  return undefined;
}

/** A user with a clone, and an account with nothing in it but the zone of the company's domain. */
export interface World {
  readonly moto: Moto;
  readonly clone: Clone;
  readonly account: Account;
  /** Runs the clone's own command line. */
  readonly run: (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Outcome>;
}

/** @param prepare changes definitions of the clone before it is rendered and published. Default: nothing. */
export async function newWorld(
  python: PythonEnvironment,
  prepare: (clone: Clone) => void = () => {},
): Promise<World> {
  const clone = cloneRepository();
  const moto = await startMoto(python, cluster.account);
  const user = account(python, moto.url, cluster.region, [cluster.profile]);
  atEnd(async () => {
    await moto.stop();
    user.remove();
  });
  const run: World["run"] = (args, env) => slipway(args, { root: clone.root, env: { ...user.env, ...env } });
  await user.aws("route53", "create-hosted-zone", "--name", "pelx.ai", "--caller-reference", "company");
  prepare(clone);
  const rendered = await run(["synth"]);
  if (rendered.status !== 0) throw new Error(rendered.stderr);
  clone.publish("Begin");
  return { moto, clone, account: user, run };
}
