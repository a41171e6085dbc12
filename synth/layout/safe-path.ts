import { inDist } from "../model/paths.ts";
import type { Problem } from "../model/problem.ts";
import type { FileSpec } from "./file-spec.ts";

/** The longest name ext4, APFS and NTFS take, in bytes of UTF-8. */
const longestSegment = 255;

/** Device names: Windows opens the device instead of a file, whatever the extension. */
const windowsDevice = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;

/**
 * Why a path is not written, first reason that applies. A path comes from object names, some of them a chart's, and is
 * checked out on Linux, macOS and Windows: it has to stay below dist and mean the same file everywhere.
 */
const pathRules: readonly { readonly refuses: (path: string) => boolean; readonly why: string }[] = [
  { refuses: (path) => path.startsWith("/") || /^[a-z]:/i.test(path), why: "is absolute" },
  {
    refuses: (path) => path.includes("\\"),
    why: "has a backslash, which is a separator on Windows",
  },
  {
    refuses: (path) => /\p{Cc}/u.test(path) || !path.isWellFormed(),
    why: "has a control character",
  },
  {
    refuses: (path) => /[<>:"|?*]/.test(path),
    why: 'has one of < > : " | ? *, which Windows cannot check out',
  },
  { refuses: anySegment((segment) => segment === ""), why: "has an empty segment" },
  {
    refuses: anySegment((segment) => segment === "." || segment === ".."),
    why: 'has a segment "." or ".."',
  },
  {
    refuses: anySegment((segment) => /^\.git$/i.test(segment)),
    why: "has a segment .git, which git refuses",
  },
  {
    refuses: anySegment((segment) => Buffer.byteLength(segment) > longestSegment),
    why: `has a segment longer than ${longestSegment} bytes`,
  },
  {
    refuses: anySegment((segment) => windowsDevice.test(segment)),
    why: "has a segment that is a device on Windows",
  },
  {
    refuses: anySegment((segment) => /[. ]$/.test(segment)),
    why: "has a segment that ends in a dot or a space",
  },
];

/** Paths that may not be written, each on its own and against the others; empty when every file can be. */
export function checkPaths(files: readonly FileSpec[]): Problem[] {
  return [...files.flatMap(checkPath), ...checkCollisions(files)];
}

/** The form in which macOS and Windows take two paths for the same one. */
export function foldPath(path: string): string {
  return path.normalize("NFC").toLowerCase();
}

function checkPath(file: FileSpec): Problem[] {
  const rule = pathRules.find(({ refuses }) => refuses(file.path));
  if (rule === undefined) return [];
  return [
    {
      rule: "unsafe-path",
      at: { definition: file.definition, cluster: file.cluster },
      what: `${file.owner} renders the path ${JSON.stringify(file.path)}, which ${rule.why}`,
      fix: "rename the object, or the placement, that gives the path this part",
    },
  ];
}

function anySegment(refuses: (segment: string) => boolean): (path: string) => boolean {
  return (path) => path.split("/").some(refuses);
}

/** One name in the tree: the first file seen there, or the first file seen below it. */
interface Spot {
  readonly path: string;
  readonly isFile: boolean;
  readonly file: FileSpec;
}

function checkCollisions(files: readonly FileSpec[]): Problem[] {
  const spots = new Map<string, Spot>();
  return files.flatMap((file) => {
    const segments = file.path.split("/");
    const folded = foldPath(file.path).split("/");
    for (let length = 1; length <= segments.length; length += 1) {
      const spot: Spot = {
        path: segments.slice(0, length).join("/"),
        isFile: length === segments.length,
        file,
      };
      const key = folded.slice(0, length).join("/");
      const taken = spots.get(key);
      if (taken === undefined) spots.set(key, spot);
      else if (taken.isFile || spot.isFile || taken.path !== spot.path) return [collision(taken, spot)];
    }
    return [];
  });
}

function collision(first: Spot, second: Spot): Problem {
  return {
    rule: "path-collision",
    at: { definition: second.file.definition, cluster: second.file.cluster },
    what: `${source(first.file)} and ${source(second.file)} both want ${clash(first, second)}`,
    fix: "rename one of the two objects, or keep only one of them",
  };
}

function clash(first: Spot, second: Spot): string {
  if (first.path !== second.path) {
    return `${inDist(first.path)} and ${inDist(second.path)}, which are the same path on macOS and Windows`;
  }
  if (first.isFile && second.isFile) return inDist(first.path);
  return `${inDist(first.path)}, one as a file and the other as a folder`;
}

function source(file: FileSpec): string {
  return `${file.owner} (${file.definition})`;
}
