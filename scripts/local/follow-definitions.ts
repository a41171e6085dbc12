import { styleText } from "node:util";
import { ProblemsError } from "../../synth/model/problem.ts";
import { printProblems } from "../output/problems.ts";
import { root } from "../root.ts";
import { changeText } from "./change-text.ts";
import { renderAnew } from "./render.ts";
import type { Published, SettleWatch, Waiting } from "./settled.ts";
import { watchDefinitions } from "./watch-definitions.ts";
import type { Saved } from "./watch-definitions.ts";

export interface FollowOptions {
  readonly cluster: string;
  /** Hands dist as it stands to the cluster. Undefined where the cluster follows what is pushed. */
  readonly publish: () => Promise<Published | undefined>;
  /** The cluster's part of dist as it stands. */
  readonly dist: () => ReadonlyMap<string, string>;
  readonly settled: SettleWatch;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Milliseconds after which it is told what a change still waits for; it may take as long as it needs. */
const patience = 60_000;
/** What is waited for, of which so much is told. */
const mostTold = 5;

/** Renders and publishes what is saved, until the signal is aborted. What is wrong is told, and nothing then changes. */
export async function followDefinitions(options: FollowOptions): Promise<void> {
  let current = options.dist();
  let latest = new AbortController();
  for await (const saved of watchDefinitions(root, options.signal)) {
    const next = await takeUp(options, current, saved);
    if (next === undefined) continue;
    current = next.files;
    if (next.published === undefined) continue;
    latest.abort();
    latest = new AbortController();
    const signal = AbortSignal.any([options.signal, latest.signal]);
    void tellSettled(options, next.published, { since: saved.since, signal });
  }
}

interface TakenUp {
  readonly files: ReadonlyMap<string, string>;
  readonly published: Published | undefined;
}

/** Undefined where nothing changes, or something is wrong: the cluster keeps what it has. */
async function takeUp(
  { cluster, publish, dist, say }: FollowOptions,
  current: ReadonlyMap<string, string>,
  { paths, since }: Saved,
): Promise<TakenUp | undefined> {
  const place = paths.length === 1 ? paths[0] : `${paths[0]} and ${paths.length - 1} more`;
  try {
    await renderAnew(cluster);
    const files = dist();
    const text = changeText(current, files);
    if (text === undefined) {
      say(`${place}: nothing changes in ${cluster}`);
      return undefined;
    }
    const published = await publish();
    const after = `${secondsSince(since)} after it was saved`;
    say(`${place}: ${text} (${published === undefined ? "rendered" : "published"} ${after})`);
    if (published === undefined) say(`the cluster takes it up once it is committed and pushed`);
    return { files, published };
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    printProblems(error.problems);
    say(`${place}: ${cluster} keeps what it has until this is mended`);
    return undefined;
  }
}

/** Says when a change has arrived, or what it waits for; nothing where another one has come since. */
async function tellSettled(
  { settled, say }: Pick<FollowOptions, "settled" | "say">,
  published: Published,
  { since, signal }: { readonly since: number; readonly signal: AbortSignal },
): Promise<void> {
  let told = false;
  while (!signal.aborted) {
    const state = await settled.until(published, patience, signal);
    if (signal.aborted) return;
    if (state.waiting.length === 0) {
      say(styleText("green", `synced and healthy, ${secondsSince(since)} after it was saved`));
      return;
    }
    if (!told) waitingLines(state).forEach(say);
    told = true;
  }
}

/** What keeps a cluster from being as published, and the reconciler's words for it. */
export function waitingLines({ waiting, troubles }: Waiting): readonly string[] {
  const further = waiting.length - mostTold;
  return [
    "still waiting for:",
    ...waiting.slice(0, mostTold).map((line) => `  ${line}`),
    ...(further > 0 ? [`  and ${further} more`] : []),
    ...troubles.slice(0, mostTold).map((line) => `  ${styleText("red", line)}`),
  ];
}

function secondsSince(time: number): string {
  return `${((Date.now() - time) / 1000).toFixed(1)} s`;
}
