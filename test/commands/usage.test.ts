import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inOneProcess } from "./one-process.ts";
import { repository, slipway } from "./slipway.ts";

/** For what is about arguments; what is about the process has one of its own. */
const call = inOneProcess();

const commands = [
  "synth",
  "list",
  "explain",
  "doctor",
  "mock",
  "status",
  "verify",
  "up",
  "down",
  "new app",
  "new addon",
  "new cluster",
];

describe.concurrent("help", () => {
  test("without a command the help is printed, and nothing is wrong", async () => {
    const { status, stdout, stderr } = await call([]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    for (const name of ["synth", "list", "explain", "new", "doctor"]) expect(stdout).toContain(`\n  ${name}`);
  });

  test.each(commands)("%s has help with an example", async (command) => {
    const { status, stdout } = await call([...command.split(" "), "--help"]);
    expect(status).toBe(0);
    expect(stdout).toContain(`Usage: slipway ${command}`);
    expect(stdout).toMatch(/Examples?:\n {2}npm run slipway -- |Examples:\n {2}npm run synth/);
  });
});

describe.concurrent("arguments", () => {
  test.each([
    { args: ["lst"], error: "error: unknown command 'lst'", suggestion: "(Did you mean list?)" },
    {
      args: ["synth", "--chek"],
      error: "error: unknown option '--chek'",
      suggestion: "(Did you mean --check?)",
    },
    {
      args: ["list", "--jsno"],
      error: "error: unknown option '--jsno'",
      suggestion: "(Did you mean --json?)",
    },
    { args: ["new", "ap"], error: "error: unknown command 'ap'", suggestion: "(Did you mean app?)" },
    { args: ["new", "app", "x", "--dry"], error: "error: unknown option '--dry'", suggestion: "" },
    {
      args: ["promote", "x", "--form", "dev", "--to", "staging"],
      error: "error: unknown option '--form', and required option '--from <step>' not specified",
      suggestion: "",
    },
    {
      args: ["promote", "x", "--to", "staging"],
      error: "error: required option '--from <step>' not specified",
      suggestion: "",
    },
    { args: ["list", "nodes"], error: "'nodes' is invalid", suggestion: "clusters, addons, placements" },
    { args: ["explain"], error: "error: missing required argument 'path'", suggestion: "" },
    { args: ["explain", "a", "b"], error: "error: too many arguments", suggestion: "" },
    { args: ["synth", "local"], error: "error: too many arguments", suggestion: "" },
    { args: ["synth", "--cluster"], error: "argument missing", suggestion: "" },
    {
      args: ["promote", "shop", "--from", "dev", "--to", "staging", "--why", "one\ntwo"],
      error: "argument 'one\ntwo' is invalid".split("\n")[0] ?? "",
      suggestion: "write one line of 1 to 500 characters",
    },
    { args: ["history", "shop", "dev", "--limit", "5x"], error: "'5x' is invalid", suggestion: "from 1 on" },
    { args: ["--verbose"], error: "error: unknown option '--verbose'", suggestion: "" },
  ])("$args stops with one line of error and how it is used", async ({ args, error, suggestion }) => {
    const { status, stdout, stderr } = await call(args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr.split("\n")[0]).toContain(error);
    expect(stderr).toContain(suggestion);
    expect(stderr).toMatch(/^usage: slipway |--help lists the commands/m);
    expect(stderr).not.toContain("    at ");
  });

  test("history of a step that never was is told with the one that was meant", async () => {
    const { status, stdout, stderr } = await call(["history", "voice-agent-studio", "prd"]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain("voice-agent-studio has no step prd, and never had");
    expect(stderr).toContain("did you mean prod?");
  });

  test("an unknown cluster is told with the one that was meant", async () => {
    const { status, stdout, stderr } = await call(["list", "--cluster", "lcoal"]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain("there is no cluster lcoal");
    expect(stderr).toContain("did you mean local?");
  });

  test("with --json a problem is JSON on standard output too", async () => {
    const { status, stdout, stderr } = await call(["list", "--json", "--cluster", "lcoal"]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    const fix: unknown = expect.stringMatching(/^did you mean local\? Otherwise name one of: local, /);
    expect(JSON.parse(stdout)).toMatchObject({ problems: [{ rule: "usage", fix }] });
  });
});

/** What npm sets for a script whose caller forgot the `--`. */
function swallowed(script: string, flag: string, value: string) {
  return { env: { npm_lifecycle_event: script, [`npm_config_${flag}`]: value } };
}

describe.concurrent("a flag that npm took for itself, for want of a --", () => {
  test.each([
    { args: ["synth"], script: "slipway", flag: "check", value: "true", fix: "slipway -- synth --check" },
    { args: ["synth"], script: "synth", flag: "check", value: "true", fix: "synth -- --check" },
    { args: ["synth", "--check"], script: "check", flag: "json", value: "true", fix: "check -- --json" },
    {
      args: ["new", "app", "x"],
      script: "slipway",
      flag: "dry_run",
      value: "true",
      fix: "slipway -- new app x --dry-run",
    },
    {
      args: ["list"],
      script: "slipway",
      flag: "cluster",
      value: "local",
      fix: "slipway -- list --cluster local",
    },
    {
      args: ["rollback", "shop", "prod"],
      script: "slipway",
      flag: "to",
      value: "3f2a1bc",
      fix: "slipway -- rollback shop prod --to 3f2a1bc",
    },
  ])("$fix", async ({ args, script, flag, value, fix }) => {
    const { status, stdout, stderr } = await call(args, swallowed(script, flag, value));
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain(`npm took --${flag.replace("_", "-")} for itself`);
    expect(stderr).toContain(`put -- before it: npm run ${fix}\n`);
  });

  test("npm itself does so, and nothing is written", async () => {
    const inherited = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
    const child = spawn("npm", ["run", "--silent", "slipway", "new", "app", "swallowed", "--dry-run"], {
      cwd: repository,
      env: Object.fromEntries(inherited),
    });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    const [code] = await once(child, "close");
    expect(code).toBe(1);
    expect(stderr).toContain("npm run slipway -- new app swallowed --dry-run");
    expect(existsSync(join(repository, "apps/swallowed"))).toBe(false);
  });

  test("a variable of another npm script, or one that is off, is nobody's flag", async () => {
    expect((await call(["list"], swallowed("test:unit", "json", "true"))).status).toBe(0);
    expect((await call(["list"], swallowed("slipway", "json", ""))).status).toBe(0);
  });
});

describe.concurrent("output", () => {
  const escape = "\u001B[";

  test("colours are for terminals only", async () => {
    expect((await slipway(["list", "--cluster", "x"])).stderr).not.toContain(escape);
    expect((await slipway(["list", "clusters"], { env: { FORCE_COLOR: "1" } })).stdout).toContain(escape);
    expect((await slipway(["list", "clusters"], { env: { NO_COLOR: "1" } })).stdout).not.toContain(escape);
  });

  test("a reader that has seen enough ends nothing in a stack trace", async () => {
    const child = spawn(process.execPath, [join(repository, "scripts/cli.ts"), "list", "--json"]);
    child.stdout.destroy();
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    const [code] = await once(child, "close");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });
});
