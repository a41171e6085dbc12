import { request } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ProblemsError } from "../../../synth/model/problem.ts";
import { text } from "../../../synth/objects/json-fields.ts";
import type { RemoteSecret } from "../../../synth/aws/remote-secrets.ts";
import { freePorts } from "../../process/free-ports.ts";
import { startProgram } from "../../process/program.ts";
import type { RunningProgram } from "../../process/program.ts";
import { pythonEnvironment } from "../../python/environment.ts";

/** AWS Secrets Manager as moto imitates it, holding what the fleet's definitions declare and nothing else. */
export interface SecretsManager {
  /** Properties of an entry's JSON; undefined where nobody declares an entry of that name. */
  readonly entry: (name: string) => Promise<Readonly<Record<string, unknown>> | undefined>;
  readonly stop: () => Promise<void>;
}

/** Seconds that moto may take to answer; it imports for three on a small machine. */
const patience = 60;

/**
 * @param folder where its log and its process are recorded
 * @param declared entries to fill, each property with a value that tells that it is none
 * @throws ProblemsError where there is no Python to run moto with
 */
export async function startSecretsManager(
  folder: string,
  declared: readonly RemoteSecret[],
): Promise<SecretsManager> {
  const python = await pythonEnvironment();
  if ("missing" in python) throw new ProblemsError([noMoto(python.missing)]);
  const [port = 0] = await freePorts(1);
  const program = await startProgram({
    name: "moto",
    program: python.program("moto_server"),
    args: ["--host", "127.0.0.1", "--port", String(port)],
    folder,
    env: { PATH: process.env["PATH"] ?? "", HOME: join(folder), PYTHONDONTWRITEBYTECODE: "1" },
  });
  try {
    await answers(program, port);
    for (const secret of merged(declared)) await fill(port, secret);
  } catch (error) {
    await program.stop();
    throw error;
  }
  return { entry: (name) => entryOf(port, name), stop: () => program.stop() };
}

/** One entry may be read by several Secrets. */
function merged(declared: readonly RemoteSecret[]): readonly RemoteSecret[] {
  return [...Map.groupBy(declared, ({ name }) => name)].map(([name, members]) => ({
    name,
    keys: [...new Set(members.flatMap(({ keys }) => keys))],
  }));
}

async function answers(program: RunningProgram, port: number): Promise<void> {
  const started = Date.now();
  while (Date.now() - started < patience * 1000) {
    if (program.ended() !== undefined) break;
    if (
      await call(port, "ListSecrets", {}).then(
        () => true,
        () => false,
      )
    )
      return;
    await sleep(100);
  }
  throw new ProblemsError([noMoto(program.logTail(3).join(" ") || `it did not answer within ${patience} s`)]);
}

async function fill(port: number, { name, keys }: RemoteSecret): Promise<void> {
  const values = Object.fromEntries(keys.map((key) => [key, `stand-in-for-${key}`]));
  const { status, body } = await call(port, "CreateSecret", {
    Name: name,
    SecretString: JSON.stringify(values),
  });
  if (status !== 200) throw new Error(`moto does not take ${name}: ${body}`);
}

async function entryOf(port: number, name: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  const { status, body } = await call(port, "GetSecretValue", { SecretId: name });
  const answer: unknown = JSON.parse(body);
  if (status !== 200) {
    if ((text(answer, "__type") ?? "").includes("ResourceNotFoundException")) return undefined;
    throw new Error(`moto does not tell ${name}: ${body}`);
  }
  const values: unknown = JSON.parse(text(answer, "SecretString") ?? "{}");
  return typeof values === "object" && values !== null ? { ...values } : {};
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** AWS' JSON protocol. moto checks no signature, and learns the service from where one would be. */
function call(port: number, action: string, input: object): Promise<Answer> {
  const headers = {
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": `secretsmanager.${action}`,
    authorization:
      "AWS4-HMAC-SHA256 Credential=stand-in/20260101/eu-central-1/secretsmanager/aws4_request, SignedHeaders=host, Signature=none",
  };
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, method: "POST", headers }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString("utf8") }),
      );
    });
    asked.on("error", reject);
    asked.end(JSON.stringify(input));
  });
}

function noMoto(reason: string) {
  return {
    rule: "stand-in-secrets",
    at: { definition: "scripts/python/requirements.txt" },
    what: `AWS Secrets Manager cannot be stood in for by moto: ${reason}`,
    fix: "install Python 3 with its venv module (Debian: apt-get install python3-venv), see that pip reaches its index, and run this again",
  };
}
