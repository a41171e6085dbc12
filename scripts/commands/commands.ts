import type { DefineCommand } from "./command.ts";
import { diffCommand } from "./diff.ts";
import { doctorCommand } from "./doctor.ts";
import { explainCommand } from "./explain.ts";
import { gateCommand } from "./gate.ts";
import { listCommand } from "./list.ts";
import { newCommand } from "./new.ts";
import { promoteCommand } from "./promote.ts";
import { renderCommand } from "./render.ts";
import { synthCommand } from "./synth.ts";

export const commands: readonly DefineCommand[] = [
  diffCommand,
  doctorCommand,
  explainCommand,
  gateCommand,
  listCommand,
  newCommand,
  promoteCommand,
  renderCommand,
  synthCommand,
];
