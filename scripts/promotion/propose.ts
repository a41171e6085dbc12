import type { ReleaseKind, Subject } from "../../synth/model/release.ts";
import { subjectOwner } from "../../synth/model/release.ts";
import type { Forge } from "../forge/forge.ts";
import { compose } from "./compose.ts";
import type { Decision, NextRelease } from "./compose.ts";
import { timeOf } from "./desk.ts";
import type { Desk } from "./desk.ts";
import { branchState, publish } from "./publish.ts";
import type { Published } from "./publish.ts";
import { pullRequestBody } from "./text.ts";

/** What a command wants to release. */
export interface Intent {
  readonly kind: ReleaseKind;
  readonly branch: string;
  readonly title: string;
  /** Where nobody gives a reason. */
  readonly defaultWhy: string;
  readonly subjects: readonly Subject[];
  readonly notes: readonly string[];
  /** Revisions that no branch may hold tomorrow. */
  readonly keep?: readonly string[];
  /** The releases, given who decides, when and why. None: there is nothing to release. */
  readonly releases: (
    decision: Pick<Decision, "kind" | "who" | "when" | "why">,
  ) => Promise<readonly NextRelease[]>;
}

export interface ProposeOptions {
  readonly why?: string | undefined;
  readonly dryRun?: boolean | undefined;
  readonly forge: Forge | undefined;
}

/** What came of it; for people and, as JSON, for machines. */
export interface Outcome {
  readonly kind: ReleaseKind;
  readonly title: string;
  readonly branch: string;
  readonly releases: readonly {
    readonly slice: string;
    readonly revision: string;
    readonly ran: string | null;
    readonly clusters: readonly string[];
    readonly images: Readonly<Record<string, string>>;
    /** Those that it runs now; null where it runs none yet. */
    readonly ranImages: Readonly<Record<string, string>> | null;
  }[];
  /** Paths that the branch changes, from the root of the repository. */
  readonly files: readonly string[];
  readonly notes: readonly string[];
  readonly body: string;
  /** Null on a dry run, and where there is nothing to release. */
  readonly published: Published | null;
}

/** Renders, composes and proposes; writes nothing before all of it is known to pass. */
export async function propose(desk: Desk, intent: Intent, options: ProposeOptions): Promise<Outcome> {
  const { kind, title, subjects, notes, defaultWhy } = intent;
  const branch = await branchState(desk, intent.branch, subjects);
  const why = options.why ?? branch.earlier?.why ?? defaultWhy;
  const decision = {
    kind,
    who: branch.earlier?.who ?? desk.who,
    when: branch.earlier?.when ?? timeOf(desk),
    why,
  };
  const releases = await intent.releases(decision);
  const result = { kind, title, branch: intent.branch, releases: releases.map(toldOf), notes };
  if (releases.length === 0) return { ...result, files: [], body: "", published: null };
  const composition = await compose(desk, releases);
  const body = pullRequestBody(desk, why, releases, composition, notes);
  const files = [...composition.changes.keys()].toSorted();
  if (options.dryRun === true) return { ...result, files, body, published: null };
  const proposal = {
    branch,
    title,
    ...decision,
    changes: composition.changes,
    body,
    keep: intent.keep ?? [],
  };
  return { ...result, files, body, published: await publish(desk, proposal, options.forge) };
}

function toldOf({ subject, before, release }: NextRelease): Outcome["releases"][number] {
  return {
    slice: subjectOwner(subject),
    revision: release.frozen.revision,
    ran: before?.frozen?.revision ?? null,
    clusters: Object.keys(release.frozen.slices),
    images: release.images,
    ranImages: before?.images ?? null,
  };
}
