import { InvalidArgumentError, Option } from "commander";
import type { Command } from "commander";
import { defaultIdleMinutes, instanceSizeNames } from "../../synth/model/user-instances.ts";
import { exitCodes } from "../exit-codes.ts";
import type { ExitCode } from "../exit-codes.ts";
import {
  createInstance,
  deleteInstance,
  listInstances,
  reapInstances,
  touchInstance,
  whenReady,
} from "../instances/operations.ts";
import type { InstanceWish, Place } from "../instances/operations.ts";
import { withPlace } from "../instances/place.ts";
import type { PlaceOptions } from "../instances/place.ts";
import type { UserInstance } from "../instances/user-instance.ts";
import { tableLines, terminalWidth } from "../output/table.ts";
import type { DefineCommand } from "./command.ts";

interface Printed extends PlaceOptions {
  readonly json?: true;
}

interface Create extends Printed, InstanceWish {
  readonly wait?: number;
}

interface Reap extends Printed {
  readonly dryRun?: true;
}

type Finish = (code: ExitCode) => void;

/** `slipway instances`: users' own instances, for operators. */
export const instancesCommand: DefineCommand = (program, finish) => {
  const command = program
    .command("instances")
    .description("List, make, delete and reap users' own instances on a live cluster.");
  onCluster(command.command("list"))
    .description("List the instances of a namespace, and when each is idle.")
    .action((options: Printed) =>
      withPlace(options, async (place) => print(await listInstances(place), options, place)),
    );
  create(command, finish);
  onCluster(command.command("delete"))
    .description("Delete users' instances.")
    .argument("<user...>", "ids")
    .action((users: readonly string[], options: Printed) =>
      withPlace(options, async (place) => finish(await deleteAll(place, users, options))),
    );
  onCluster(command.command("touch"))
    .description("Say that a user was seen now, so that the instance is not idle.")
    .argument("<user>", "id")
    .action((user: string, options: Printed) =>
      withPlace(options, async (place) => print([await touchInstance(place, user)], options, place)),
    );
  onCluster(command.command("reap"))
    .description("Delete the instances that are idle, as the cluster's reaper does every minute.")
    .option("--dry-run", "say which, and delete nothing")
    .action((options: Reap) => withPlace(options, (place) => reap(place, options)));
};

function create(command: Command, finish: Finish): void {
  onCluster(command.command("create"))
    .description("Make an instance for a user.")
    .argument("<user>", "id: up to 40 lower-case letters, digits and hyphens")
    .addOption(new Option("--size <size>", "what is set aside").choices(instanceSizeNames))
    .option("--gpu", "with a GPU, where the cluster has nodes for it")
    .option(
      "--idle-minutes <minutes>",
      `delete it after so long without its user; default: ${defaultIdleMinutes}`,
      whole,
    )
    .option("--wait <seconds>", "wait until it is Ready", whole)
    .action((user: string, { wait, ...options }: Create) =>
      withPlace(options, async (place) => {
        const made = await createInstance(place, user, options);
        const ready = wait === undefined ? made : await whenReady(place, user, wait);
        print([ready ?? made], options, place);
        if (ready !== undefined) return;
        console.error(`${user} is not Ready after ${wait} s: kubectl describe userinstance ${user}`);
        finish(exitCodes.failed);
      }),
    );
}

function onCluster(command: Command): Command {
  return command
    .requiredOption("--namespace <namespace>", "that of the instances, such as prompt2mesh-instances")
    .option("--kubeconfig <path>", "the cluster; default: $KUBECONFIG, or ~/.kube/config")
    .option("--context <name>", "context of the kubeconfig; default: its current one")
    .option("--json", "print the result as JSON");
}

function whole(value: string): number {
  if (/^[1-9]\d{0,4}$/.test(value)) return Number(value);
  throw new InvalidArgumentError("write a whole number above 0");
}

async function deleteAll(place: Place, users: readonly string[], { json }: Printed): Promise<ExitCode> {
  const outcomes = [];
  for (const user of users) outcomes.push({ user, deleted: await deleteInstance(place, user) });
  if (json) console.log(JSON.stringify(outcomes));
  else
    for (const { user, deleted } of outcomes)
      console.log(deleted ? `${user} is deleted` : `${user} had none`);
  return outcomes.every(({ deleted }) => deleted) ? exitCodes.clean : exitCodes.failed;
}

async function reap(place: Place, { json, dryRun }: Reap): Promise<void> {
  const reaped = await reapInstances(place, dryRun === true);
  if (json) console.log(JSON.stringify(reaped));
  else if (reaped.length === 0) console.log("none is idle");
  else for (const { user, outcome } of reaped) console.log(`${user}: ${outcome}`);
}

function print(instances: readonly UserInstance[], { json }: Printed, { client, namespace }: Place): void {
  if (json) return console.log(JSON.stringify(instances));
  if (instances.length === 0) return console.log(`there are none in ${namespace} of ${client.address}`);
  const head = ["USER", "STATE", "SIZE", "HOST", "LAST ACTIVITY", "IDLE AT"];
  const rows = instances.map(({ user, state, size, host, lastActivity, idleAt }) => [
    user,
    state,
    size,
    host ?? "-",
    lastActivity ?? "-",
    idleAt,
  ]);
  console.log(tableLines(head, rows, terminalWidth()).join("\n"));
}
