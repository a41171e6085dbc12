import { ProblemsError } from "../../synth/model/problem.ts";
import type { Problem } from "../../synth/model/problem.ts";
import { subjectOwner } from "../../synth/model/release.ts";
import type { Freeze, Subject } from "../../synth/model/release.ts";
import { refusals } from "../../synth/release/refusals.ts";
import type { Health, Move, Relation } from "../../synth/release/refusals.ts";
import { hotfixedImages, unchecked } from "../../synth/release/unchecked.ts";
import type { RenderedRelease } from "../../synth/render-release.ts";
import { isAncestor } from "../git/repository.ts";
import type { Forge } from "../forge/forge.ts";
import { changesNothing, nextRelease } from "./compose.ts";
import type { Decision, NextRelease } from "./compose.ts";
import type { Desk } from "./desk.ts";
import { factsSince } from "./facts.ts";
import { renderAt, renderHere } from "./render-at.ts";
import { sourceOf } from "./source.ts";
import type { Source } from "./source.ts";
import { releaseIn, routeOf } from "./subjects.ts";

/** One app or add-on, from one step to the next ones. */
export interface Wish {
  readonly of: Subject["of"];
  readonly names: readonly string[];
  readonly from: string;
  /** Steps in the order in which releases reach them. */
  readonly to: readonly string[];
}

/** A step that was found to be allowed. */
export interface PlannedMove {
  readonly move: Move;
  readonly source: Source;
}

/** Asks whoever can tell how a source runs. */
export type AskHealth = (subject: Subject) => Promise<Health>;

/**
 * Finds what is moved, and whether it may be.
 *
 * @throws ProblemsError with every reason why not
 */
export async function planMoves(
  desk: Desk,
  wish: Wish,
  askHealth: AskHealth,
  forge: Forge | undefined,
): Promise<readonly PlannedMove[]> {
  const planned: PlannedMove[] = [];
  for (const name of wish.names) {
    const route = routeOf(desk.fleet, wish.of, name);
    const start: Subject = { of: wish.of, name, step: wish.from };
    if (!route.steps.includes(wish.from)) throw new ProblemsError(refusals(noSuchStep(start, wish, route)));
    const source = await sourceOf(desk, route, start);
    const health = await askHealth(start);
    const checks = route.policy.checks.length === 0 ? undefined : await forge?.checks(source.revision);
    for (const [index, step] of wish.to.entries()) {
      const target: Subject = { of: wish.of, name, step };
      planned.push({
        source,
        move: {
          target,
          from: wish.to[index - 1] ?? wish.from,
          policy: route.policy,
          steps: route.steps,
          images: source.images,
          revision: source.revision,
          relation: await relationOf(desk, target, source),
          hotfixed: hotfixedImages(releaseIn(desk.inputs, target), source.images),
          // Of several steps at once, only the first moves what runs already.
          since: index === 0 ? source.since : undefined,
          now: desk.now,
          health,
          checks,
        },
      });
    }
  }
  const problems: readonly Problem[] = planned.flatMap(({ move }) => refusals(move));
  if (problems.length > 0) throw new ProblemsError(problems);
  return planned;
}

function noSuchStep(start: Subject, { from, to }: Wish, { policy, steps }: ReturnType<typeof routeOf>): Move {
  return {
    target: { ...start, step: to[0] ?? from },
    from,
    policy,
    steps,
    images: {},
    revision: "",
    relation: undefined,
    hotfixed: [],
    since: undefined,
    now: 0,
    health: { isHealthy: undefined, because: "" },
    checks: undefined,
  };
}

async function relationOf(desk: Desk, target: Subject, source: Source): Promise<Relation | undefined> {
  const { root, inputs } = desk;
  const runs = releaseIn(inputs, target)?.frozen?.revision;
  if (runs === undefined) return undefined;
  if (runs === source.revision) return "same";
  if (await isAncestor(root, runs, source.revision)) return "newer";
  return (await isAncestor(root, source.revision, runs)) ? "older" : "apart";
}

/** Renders what is moved, each revision once. What would change nothing is left out. */
export async function renderMoves(
  desk: Desk,
  planned: readonly PlannedMove[],
  decide: (planned: PlannedMove) => Decision,
): Promise<readonly NextRelease[]> {
  const rendered = new Map<PlannedMove, { result: RenderedRelease } & Pick<Freeze, "facts">>();
  for (const [revision, moves] of Map.groupBy(planned, ({ source }) => source.revision)) {
    const orders = await inTurn(moves, async ({ move: { target: subject }, source: { images } }) => {
      return { subject, images, ...(await factsSince(desk, subject, revision)) };
    });
    // Main's newest commit is what these files are.
    const results =
      revision === desk.base
        ? await inTurn(orders, renderHere)
        : await renderAt(desk.root, revision, orders, desk.remote);
    for (const [index, move] of moves.entries()) {
      const result = results[index];
      const facts = orders[index]?.facts;
      if (result !== undefined) rendered.set(move, { result, ...(facts && { facts }) });
    }
  }
  return planned
    .flatMap((each) => {
      const found = rendered.get(each);
      if (found === undefined) return [];
      const { result, ...facts } = found;
      const { target } = each.move;
      const before = releaseIn(desk.inputs, target);
      const decision = { ...decide(each), ...facts };
      return [nextRelease(desk, target, before, each.source.images, result, decision)];
    })
    .filter((next) => !changesNothing(next));
}

async function inTurn<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}

/** What nobody checked, for the text of the pull request. */
export function notesOf(planned: readonly PlannedMove[]): readonly string[] {
  return [
    ...new Set(
      planned.flatMap(({ move }) => unchecked(move).map((note) => `${subjectOwner(move.target)}: ${note}`)),
    ),
  ];
}
