import { execFile } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import type { PythonEnvironment } from "../../../../scripts/python/environment.ts";

/** An account of AWS in miniature, and a machine that reaches it as a user's would. */
export interface Account {
  /** Variables of the user's shell. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs AWS's command line past ours, as a person at another terminal would; parsed JSON. */
  readonly aws: (...args: readonly string[]) => Promise<unknown>;
  readonly remove: () => void;
}

/**
 * @param profiles that the user has, each with credentials of its own
 * @param url where AWS answers
 */
export function account(
  python: PythonEnvironment,
  url: string,
  region: string,
  profiles: readonly string[],
): Account {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "slipway-aws-")));
  const credentials = profiles.map(
    (name) =>
      `[${name}]\naws_access_key_id = AKIA${name.toUpperCase().replace(/[^A-Z]/g, "")}\naws_secret_access_key = example\n`,
  );
  writeFileSync(join(folder, "credentials"), credentials.join("\n"));
  // Of another region, which no command may take for the cluster's.
  writeFileSync(join(folder, "config"), "[default]\nregion = eu-central-1\n");
  const env = {
    PATH: [join(python.program("aws"), ".."), process.env["PATH"] ?? ""].join(delimiter),
    AWS_ENDPOINT_URL: url,
    AWS_SHARED_CREDENTIALS_FILE: join(folder, "credentials"),
    AWS_CONFIG_FILE: join(folder, "config"),
    AWS_EC2_METADATA_DISABLED: "true",
  };
  const [profile = "default"] = profiles;
  const run = promisify(execFile);
  return {
    env,
    aws: async (...args) => {
      const options = ["--profile", profile, "--region", region, "--output", "json"];
      const { stdout } = await run(python.program("aws"), [...args, ...options], {
        env: { ...process.env, ...env },
      });
      return stdout.trim() === "" ? undefined : JSON.parse(stdout);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
