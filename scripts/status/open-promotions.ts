import { git } from "../git/git.ts";

/** A branch that moves a release and is not merged. */
export interface OpenPromotion {
  /** Without the remote. */
  readonly branch: string;
  readonly kind: string;
  readonly apps: readonly string[];
  readonly environments: readonly string[];
}

/** Branches of promotions, rollbacks and hotfixes that main does not hold, as this clone last saw the remote. */
export async function openPromotions(root: string, commit: string): Promise<readonly OpenPromotion[]> {
  const names = await git(
    root,
    ["for-each-ref", "--format=%(refname)", `--no-merged=${commit}`, "refs/heads", "refs/remotes"],
    "git cannot list branches",
  );
  const branches = new Set(
    names.split("\n").map((ref) => ref.replace(/^refs\/(?:heads|remotes\/[^/]+)\//, "")),
  );
  return [...branches].flatMap(readBranch).toSorted((a, b) => (a.branch < b.branch ? -1 : 1));
}

/** As `branchName` of promotions writes it: `promote/shop+cart/staging+prod/0123456789ab`. */
function readBranch(branch: string): readonly OpenPromotion[] {
  const [kind = "", names = "", steps = "", suffix = "", ...more] = branch.split("/");
  const isOne = /^(?:promote|rollback|hotfix)$/.test(kind) && suffix !== "" && more.length === 0;
  return isOne ? [{ branch, kind, apps: names.split("+"), environments: steps.split("+") }] : [];
}
