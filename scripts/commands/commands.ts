import { awsCommand } from "./aws.ts";
import { clusterCommand } from "./cluster.ts";
import { codeownersCommand } from "./codeowners.ts";
import type { DefineCommand } from "./command.ts";
import { diffCommand } from "./diff.ts";
import { doctorCommand } from "./doctor.ts";
import { downCommand } from "./down.ts";
import { explainCommand } from "./explain.ts";
import { gateCommand } from "./gate.ts";
import { historyCommand } from "./history.ts";
import { hotfixCommand } from "./hotfix.ts";
import { instancesCommand } from "./instances.ts";
import { listCommand } from "./list.ts";
import { mockCommand } from "./mock.ts";
import { newCommand } from "./new.ts";
import { promoteCommand } from "./promote.ts";
import { releaseCommand } from "./release.ts";
import { renderCommand } from "./render.ts";
import { reproduceCommand } from "./reproduce.ts";
import { rollbackCommand } from "./rollback.ts";
import { statusCommand } from "./status.ts";
import { synthCommand } from "./synth.ts";
import { upCommand } from "./up.ts";
import { verifyCommand } from "./verify.ts";
import { whereCommand } from "./where.ts";

export const commands: readonly DefineCommand[] = [
  awsCommand,
  clusterCommand,
  codeownersCommand,
  diffCommand,
  doctorCommand,
  downCommand,
  explainCommand,
  gateCommand,
  historyCommand,
  hotfixCommand,
  instancesCommand,
  listCommand,
  mockCommand,
  newCommand,
  promoteCommand,
  releaseCommand,
  renderCommand,
  reproduceCommand,
  rollbackCommand,
  statusCommand,
  synthCommand,
  upCommand,
  verifyCommand,
  whereCommand,
];
