import { didYouMean } from "../../synth/model/did-you-mean.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import type { Problem } from "../../synth/model/problem.ts";
import type { ListedPlacement } from "../inventory/inventory.ts";

/** An image that was built on this machine, for one that an app declares. */
export interface LocalImage {
  /** As it was built, such as `content-studio-server:local`. */
  readonly built: string;
  /** As pods ask for it. */
  readonly reference: string;
}

type Placed = Pick<ListedPlacement, "app" | "images">;

/**
 * What `--image` says: `<image>=<built>`, or `<app>/<image>=<built>` where several apps have one of that name.
 *
 * @throws ProblemsError for each that is not of this form, or not of these apps
 */
export function localImages(words: readonly string[], placed: readonly Placed[]): readonly LocalImage[] {
  const declared = placed.flatMap(({ app, images }) =>
    Object.entries(images).map(([name, reference]) => ({ app, name, reference })),
  );
  const problems: Problem[] = [];
  const found = words.flatMap((word): readonly LocalImage[] => {
    const [, wanted = "", built = ""] = /^([^=]+)=([^=\s]+)$/.exec(word) ?? [];
    const those = declared.filter(({ app, name }) => wanted === name || wanted === `${app}/${name}`);
    const [only, ...others] = those;
    const complaint = complaintOf(word, { wanted, built, declared, those });
    if (complaint !== undefined) problems.push(complaint);
    return only === undefined || others.length > 0 ? [] : [{ built, reference: only.reference }];
  });
  for (const [reference, those] of Map.groupBy(found, (each) => each.reference)) {
    if (those.length > 1) problems.push(usage(`${reference} is given ${those.length} images`, "give it one"));
  }
  if (problems.length > 0) throw new ProblemsError(problems);
  return found;
}

interface Declared {
  readonly app: string;
  readonly name: string;
  /** As pods ask for it. */
  readonly reference: string;
}

interface Understood {
  readonly wanted: string;
  readonly built: string;
  readonly declared: readonly Declared[];
  readonly those: readonly Declared[];
}

function complaintOf(word: string, { wanted, built, declared, those }: Understood): Problem | undefined {
  const [only, ...others] = those;
  if (wanted === "" || built === "") {
    return usage(
      `--image ${word} is not <image>=<image on this machine>`,
      "write it like server=content-studio-server:local",
    );
  }
  if (only === undefined) {
    const names = declared.map(({ app, name }) => `${app}/${name}`);
    const short = declared.map(({ name }) => name);
    const known = names.length === 0 ? "the cluster's apps have none" : `name one of: ${names.join(", ")}`;
    return usage(
      `no app of the cluster declares an image ${wanted}`,
      didYouMean(wanted, wanted.includes("/") ? names : short, known),
    );
  }
  if (others.length > 0) {
    const names = those.map(({ app, name }) => `${app}/${name}`);
    return usage(`${names.join(" and ")} are both called ${wanted}`, `write one of: ${names.join(", ")}`);
  }
  if (!only.reference.endsWith(":local")) {
    return usage(
      `${only.app} pins its image ${only.name} to ${only.reference}, which comes from a registry`,
      'pin it to "local" in its release for this environment, and run npm run synth',
    );
  }
  return undefined;
}

function usage(what: string, fix: string): Problem {
  return { rule: "usage", at: { definition: "slipway up" }, what, fix };
}
