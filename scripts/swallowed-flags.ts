import { ProblemsError } from "../synth/model/problem.ts";

/** Flags that would change what a command does, by the variable that npm sets when it takes them for its own. */
const flags = {
  npm_config_addon: "--addon",
  npm_config_addons: "--addons",
  npm_config_app: "--app",
  npm_config_base: "--base",
  npm_config_check: "--check",
  npm_config_cluster: "--cluster",
  npm_config_context: "--context",
  npm_config_dry_run: "--dry-run",
  npm_config_exact: "--exact",
  npm_config_forge: "--forge",
  npm_config_format: "--format",
  npm_config_from: "--from",
  npm_config_from_ecr: "--from-ecr",
  npm_config_gpu: "--gpu",
  npm_config_head: "--head",
  npm_config_idle_minutes: "--idle-minutes",
  npm_config_image: "--image",
  npm_config_images: "--images",
  npm_config_json: "--json",
  npm_config_kubeconfig: "--kubeconfig",
  npm_config_kubernetes: "--kubernetes",
  npm_config_limit: "--limit",
  npm_config_namespace: "--namespace",
  npm_config_noise: "--noise",
  npm_config_port: "--port",
  npm_config_profile: "--profile",
  npm_config_provider: "--provider",
  npm_config_push: "--push",
  npm_config_remote: "--remote",
  npm_config_revision: "--revision",
  npm_config_rm: "--rm",
  npm_config_size: "--size",
  npm_config_step: "--step",
  npm_config_to: "--to",
  npm_config_wait: "--wait",
  npm_config_why: "--why",
  npm_config_write: "--write",
  npm_config_yes: "--yes",
} as const;

/** Scripts of package.json that are this command line; npm names the one that it runs. */
const scripts: ReadonlySet<string> = new Set(["check", "slipway", "synth"]);

/**
 * `npm run slipway synth --check`, without the `--`, reaches us as `synth`: npm has taken the flag. Doing what is left
 * would write dist where a look was asked for.
 *
 * @throws ProblemsError if a flag was taken
 */
export function refuseSwallowedFlags(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): void {
  const { npm_lifecycle_event: script = "" } = environment;
  if (!scripts.has(script)) return;
  const swallowed = Object.entries(flags).filter(([name]) => isSet(environment[name]));
  if (swallowed.length === 0) return;
  // The scripts `synth` and `check` name their command themselves.
  const own = script === "slipway" ? args : args.slice(args.indexOf("synth") + 1);
  const kept = own.filter((arg) => script !== "check" || arg !== "--check");
  const returned = swallowed.flatMap(([name, flag]) => {
    const value = environment[name] ?? "true";
    return value === "true" ? [flag] : [flag, value];
  });
  throw new ProblemsError([
    {
      rule: "usage",
      at: { definition: `npm run ${script}` },
      what: `npm took ${swallowed.map(([, flag]) => flag).join(", ")} for itself`,
      fix: `put -- before it: npm run ${script} -- ${[...kept, ...returned].join(" ")}`,
    },
  ]);
}

/** npm writes a flag that is off as an empty text or as false. */
function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "" && value !== "false";
}
