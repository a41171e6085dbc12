import * as v from "valibot";
import type { Subject } from "../../synth/model/release.ts";
import { renderHere } from "../promotion/render-at.ts";
import { imagesSchema, renderedSchema } from "../promotion/rendered.ts";
import type { DefineCommand } from "./command.ts";
import { usageProblem } from "./usage.ts";

interface Options {
  readonly app?: string;
  readonly addon?: string;
  readonly step: string;
  readonly images: string;
  readonly json?: true;
}

/**
 * `slipway render`: what one release would hold, as JSON. Promotions and reproductions run the one of the revision they
 * render, so what it is given and prints is a format that stays.
 */
export const renderCommand: DefineCommand = (program) => {
  program
    .command("render")
    .description(
      "Print what a release of an app or an add-on holds, rendered from these definitions, as JSON.",
    )
    .option("--app <name>", "the app")
    .option("--addon <name>", "the add-on")
    .requiredOption("--step <name>", "environment of the app, or group of clusters of the add-on")
    .option("--images <json>", "images of the app, as its release pins them", "{}")
    .option("--json", "print problems as JSON, too")
    .addHelpText(
      "after",
      `
Examples:
  npm run slipway -- render --app voice-agent-studio --step staging --images '{"app":"1.2.3"}'
  npm run slipway -- render --addon cert-manager --step prod`,
    )
    .action(async (options: Options) => {
      const rendered = await renderHere({ subject: subjectOf(options), images: imagesOf(options.images) });
      console.log(JSON.stringify(v.parse(renderedSchema, { format: 1, ...rendered })));
    });
};

function subjectOf({ app, addon, step }: Options): Subject {
  if (app !== undefined && addon === undefined) return { of: "app", name: app, step };
  if (addon !== undefined && app === undefined) return { of: "addon", name: addon, step };
  throw usageProblem("either an app or an add-on is rendered", "give --app or --addon, and not both");
}

function imagesOf(json: string): v.InferOutput<typeof imagesSchema> {
  try {
    return v.parse(imagesSchema, JSON.parse(json));
  } catch {
    throw usageProblem(`the images are no JSON of pins by name: ${json}`, 'write them as {"web":"sha256:…"}');
  }
}
