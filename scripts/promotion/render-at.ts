import { join } from "node:path";
import * as v from "valibot";
import { ProblemsError } from "../../synth/model/problem.ts";
import type { Problem } from "../../synth/model/problem.ts";
import { subjectPath } from "../../synth/model/release.ts";
import type { Freeze, Release, Revision, Subject } from "../../synth/model/release.ts";
import { clustersOf, renderRelease } from "../../synth/render-release.ts";
import type { RenderedRelease } from "../../synth/render-release.ts";
import { runProgram } from "../process/run-program.ts";
import type { Ran } from "../process/run-program.ts";
import { callDefinitions } from "../definition-errors.ts";
import { ensureCommit } from "../git/repository.ts";
import { withKeptWorktree } from "../git/kept-worktree.ts";
import { gatherInputs, loadFleet } from "../workspace.ts";
import { withFacts } from "./facts.ts";
import { linkModules } from "./modules.ts";
import { renderedSchema } from "./rendered.ts";

/** What is to be rendered: a subject, with these images, and facts that are newer than the revision's. */
export interface RenderOrder extends Pick<Freeze, "facts"> {
  readonly subject: Subject;
  readonly images: Release["images"];
}

/** Renders from the definitions of this work tree. */
export async function renderHere({ subject, images }: RenderOrder): Promise<RenderedRelease> {
  const fleet = await loadFleet();
  const inputs = await gatherInputs(fleet, clustersOf(fleet, subject), { thaw: { subject, images } });
  const { rendered, problems } = callDefinitions(() => renderRelease(fleet, inputs, subject, images));
  if (problems.length > 0) throw new ProblemsError(problems);
  return rendered;
}

/**
 * Renders from the definitions, with the code and by the packages of a commit.
 *
 * @param remote where to fetch the commit from, if it is not here
 * @returns what each order renders, in their order
 * @throws ProblemsError if the commit is nowhere, or does not render
 */
export async function renderAt(
  root: string,
  revision: Revision,
  orders: readonly RenderOrder[],
  remote: string | undefined,
): Promise<readonly RenderedRelease[]> {
  if (!(await ensureCommit(root, revision, remote))) throw gone(revision, orders, remote);
  return withKeptWorktree(root, revision, async (worktree) => {
    const node = await linkModules(root, worktree);
    const results: RenderedRelease[] = [];
    for (const order of orders) {
      const render = () => renderIn(worktree, node, revision, order);
      results.push(await withFacts(root, worktree, order, render));
    }
    return results;
  });
}

async function renderIn(
  worktree: string,
  node: string,
  revision: Revision,
  { subject, images }: RenderOrder,
): Promise<RenderedRelease> {
  const { of, name, step } = subject;
  const args = [`--${of}`, name, "--step", step, "--images", JSON.stringify(images)];
  const ran = await runProgram(node, [join(worktree, "scripts/cli.ts"), "render", ...args, "--json"], {
    cwd: worktree,
    env: { ...process.env, NODE_NO_WARNINGS: "1" },
  });
  const printed = parse(ran.stdout);
  const rendered = v.safeParse(renderedSchema, printed);
  if (ran.ok && rendered.success) return rendered.output;
  throw new ProblemsError(reasons(revision, subject, printed, ran));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const problemsSchema = v.object({
  problems: v.array(
    v.object({
      rule: v.string(),
      at: v.object({
        definition: v.string(),
        cluster: v.exactOptional(v.string()),
        object: v.exactOptional(v.string()),
      }),
      what: v.string(),
      fix: v.string(),
    }),
  ),
});

function reasons(revision: Revision, subject: Subject, printed: unknown, ran: Ran): readonly Problem[] {
  const told = v.safeParse(problemsSchema, printed);
  const short = revision.slice(0, 12);
  if (told.success)
    return told.output.problems.map((problem) => ({ ...problem, what: `at ${short}: ${problem.what}` }));
  return [
    {
      rule: "revision",
      at: { definition: subjectPath(subject) },
      what: `revision ${short} does not render ${subject.name} ${subject.step}: ${ran.reason || "what it prints is no release"}`,
      fix: "choose a newer revision: those before releases were frozen cannot render one",
    },
  ];
}

function gone(revision: Revision, orders: readonly RenderOrder[], remote: string | undefined): ProblemsError {
  return new ProblemsError(
    orders.map(({ subject }) => ({
      rule: "revision",
      at: { definition: subjectPath(subject) },
      what: `revision ${revision} is neither in this clone nor at ${remote ?? "a remote, since there is none"}`,
      fix: "fetch it from a clone that has it (git fetch <clone> <revision>); what runs goes on running, and the next promotion from main replaces it",
    })),
  );
}
