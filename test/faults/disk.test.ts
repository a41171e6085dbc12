import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { copyRepository } from "../commands/slipway.ts";

const canMount = spawnSync("unshare", ["-rm", "mount", "-t", "tmpfs", "none", "/mnt"]).status === 0;

/**
 * Moves the copy into a file system of its own, which is gone with the shell that made it. It has room for the copy, for
 * another dist beside the old one, and for little more.
 */
const script = `
  kib=$(( $(du -sk "$1" | cut -f1) + 2 * $(du -sk "$1/dist" | cut -f1) + 2048 ))
  inodes=$(( $(find "$1" | wc -l) + 2 * $(find "$1/dist" | wc -l) + 1000 ))
  mount -t tmpfs -o size="$kib"k,nr_inodes="$inodes" none "$2" && cp -a "$1/." "$2/" && cd "$2" || exit 9
  synth() { node scripts/cli.ts synth > said 2>&1; echo "$1: exit $?"; cat said; : > said; }
  same() { find dist -type f | sort | xargs cat | sha256sum; }
  old=$(same)
  : > said; dd if=/dev/zero of=fill bs=64k 2> /dev/null
  synth "full"
  # Room for the lock and the first files of many.
  truncate -s -300k fill
  synth "nearly full"
  [ "$old" = "$(same)" ] && echo "dist as it was"; echo "left: $(ls -A .slipway/dist)"
  rm fill; mount -o remount,ro "$2"
  node scripts/cli.ts synth 2>&1; echo "read-only: exit $?"
  mount -o remount,rw "$2"
  synth "mended"
`;

test.runIf(canMount)("a disk that is full, or read-only, leaves the old tree and says what to do", () => {
  const copy = copyRepository();
  const mounted = mkdtempSync(join(tmpdir(), "slipway-disk-"));
  afterAll(() => rmSync(mounted, { recursive: true, force: true }));
  // Hundreds of files name the repository.
  copy.edit("clusters/fleet.ts", "example/slipway.git", "example/elsewhere.git");
  const { PATH = "", ...others } = process.env;
  const { stdout, stderr } = spawnSync("unshare", ["-rm", "bash", "-c", script, "bash", copy.root, mounted], {
    encoding: "utf8",
    env: { ...others, PATH: `${join(process.execPath, "..")}:${PATH}` },
  });
  expect(stderr).toBe("");
  expect(stdout).toMatch(/^full: exit 1$/m);
  expect(stdout).toMatch(/^nearly full: exit 1\ndist\n {2}✗ .*dist is as it was before.*ENOSPC/m);
  expect(stdout).toContain("fix    make room on the disk and run the command again");
  expect(stdout).toMatch(/^dist as it was\nleft: $/m);
  expect(stdout).toMatch(/EROFS.*\n {4}fix {4}mount the file system read-write[^]*^read-only: exit 1$/m);
  expect(stdout).not.toMatch(/^ +at /m);
  expect(stdout).toMatch(/^mended: exit 0$/m);
});
