import { $ } from "zx/core";
import { ProblemsError } from "../../../synth/model/problem.ts";

/** Docker on this machine; what it prints goes to the terminal. */
export interface Docker {
  readonly logIn: (registry: string, password: string) => Promise<void>;
  readonly build: (reference: string, dockerfile: string, context: string) => Promise<void>;
  readonly push: (reference: string) => Promise<void>;
}

/** The processors of every node group so far, whatever the machine that builds has. */
const platform = "linux/amd64";

/** @param definition whose fault it is told as where Docker fails */
export function dockerFor(definition: string): Docker {
  const refuse = (what: string, fix: string): never => {
    throw new ProblemsError([{ rule: "build-push", at: { definition }, what, fix }]);
  };
  const run = async (args: readonly string[]): Promise<void> => {
    const shell = $({ nothrow: true, quiet: true, stdio: ["ignore", "inherit", "inherit"] });
    const { exitCode } = await shell`docker ${[...args]}`;
    if (exitCode === 127) refuse("there is no docker to run", "install Docker, and have it on PATH");
    if (exitCode !== 0) {
      refuse(
        `docker ${args[0]} ended with ${exitCode}`,
        "put right what it printed, then run the command again",
      );
    }
  };
  return {
    logIn: async (registry, password) => {
      // By standard input, since everybody on the machine sees arguments.
      const shell = $({ nothrow: true, quiet: true, input: password.trim() });
      const login = ["login", "--username", "AWS", "--password-stdin", registry];
      const { exitCode, stderr } = await shell`docker ${login}`;
      if (exitCode !== 0) {
        refuse(
          `docker login ${registry}: ${stderr.trim()}`,
          "see that Docker runs, then run the command again",
        );
      }
    },
    build: (reference, dockerfile, context) =>
      run(["build", "--platform", platform, "--tag", reference, "--file", dockerfile, context]),
    push: (reference) => run(["push", reference]),
  };
}
