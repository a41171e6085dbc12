// git's merge driver for dist: `driver.ts <base> <ours> <theirs> <path>`. Git calls it for each file that both sides
// changed, in the top folder; what it leaves in <ours> is the result, and exit code 1 a conflict. It is started once for
// each file, so it loads no more than it needs.
import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { ProblemsError } from "../../synth/model/problem.ts";
import { regenerated } from "./regenerate.ts";
import { sidesOf } from "./sides.ts";

const [, ours = "", , path = ""] = process.argv.slice(2);

process.exitCode = (await merge(process.cwd())) ? 0 : 1;

async function merge(root: string): Promise<boolean> {
  const sides = await sidesOf(root, process.env);
  if (sides === undefined) return conflict("what is merged cannot be told");
  try {
    const dist = await regenerated(root, sides);
    if ("reason" in dist) return conflict(dist.reason);
    const rendered = join(dist.folder, path);
    if (!existsSync(rendered)) return conflict("nothing renders it any longer: git rm it");
    copyFileSync(rendered, ours);
    return true;
  } catch (error) {
    if (error instanceof ProblemsError) return conflict(error.message);
    throw error;
  }
}

function conflict(why: string): boolean {
  console.error(
    `slipway: ${path} is not regenerated: ${why}\n  merge the definitions and releases, then npm run synth; where it names a frozen slice, run what it says; then git add dist`,
  );
  return false;
}
