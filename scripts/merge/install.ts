// `npm ci` runs this: it tells git of the merge driver that .gitattributes names. Outside a work tree of git, as in an
// unpacked archive, there is nobody to tell; and an installation never fails for it.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "../root.ts";

const settings = {
  "merge.slipway.name": "renders dist again from the merged definitions",
  // Git runs it by a shell, in the top folder, and quotes the path itself.
  "merge.slipway.driver": "node_modules/.bin/node scripts/merge/driver.ts %O %A %B %P",
};

if (existsSync(join(root, ".git"))) {
  for (const [name, value] of Object.entries(settings)) {
    const { status } = spawnSync("git", ["-C", root, "config", "--local", name, value], { stdio: "ignore" });
    if (status !== 0)
      console.error(`slipway: git config ${name} could not be set; dist then merges like text`);
  }
}
