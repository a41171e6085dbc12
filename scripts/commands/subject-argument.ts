import type { Command } from "commander";
import type { Subject } from "../../synth/model/release.ts";

/** The arguments and the option by which a command names one release. */
export function withSubject(command: Command): Command {
  return command
    .argument("<name>", "the app; the add-on with --addon")
    .argument("<step>", "the environment; the group of clusters with --addon")
    .option("--addon", "the name is an add-on's");
}

export function subjectNamed(name: string, step: string, { addon }: { readonly addon?: true }): Subject {
  return { of: addon ? "addon" : "app", name, step };
}
