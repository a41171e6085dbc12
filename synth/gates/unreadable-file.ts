import type { Gate } from "./gate.ts";

/** Every file of dist can be read: of what cannot, nobody knows what it does. */
export const unreadableFile: Gate = {
  id: "unreadable-file",
  *run({ changes }) {
    for (const { path, reason, side } of changes.unreadable) {
      if (side === "base") continue;
      yield {
        rule: unreadableFile.id,
        at: { definition: `dist/${path}`, cluster: path.split("/")[0] ?? "", object: `dist/${path}` },
        what: `it is in dist and cannot be read: ${reason}`,
        fix: "npm run synth, which writes dist anew; move what is not Slipway's out of dist",
      };
    }
  },
};
