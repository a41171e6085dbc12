import { awsCommand } from "./aws.ts";
import type { DefineCommand } from "./command.ts";
import { doctorCommand } from "./doctor.ts";
import { explainCommand } from "./explain.ts";
import { listCommand } from "./list.ts";
import { newCommand } from "./new.ts";
import { synthCommand } from "./synth.ts";

export const commands: readonly DefineCommand[] = [
  awsCommand,
  doctorCommand,
  explainCommand,
  listCommand,
  newCommand,
  synthCommand,
];
