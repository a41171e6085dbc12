import { awsCommand } from "./aws.ts";
import { clusterCommand } from "./cluster.ts";
import type { DefineCommand } from "./command.ts";
import { doctorCommand } from "./doctor.ts";
import { explainCommand } from "./explain.ts";
import { listCommand } from "./list.ts";
import { mockCommand } from "./mock.ts";
import { newCommand } from "./new.ts";
import { statusCommand } from "./status.ts";
import { synthCommand } from "./synth.ts";
import { verifyCommand } from "./verify.ts";

export const commands: readonly DefineCommand[] = [
  awsCommand,
  clusterCommand,
  doctorCommand,
  explainCommand,
  listCommand,
  mockCommand,
  newCommand,
  statusCommand,
  synthCommand,
  verifyCommand,
];
