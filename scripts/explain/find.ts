import { inDist } from "../../synth/model/paths.ts";
import type { AwsStack } from "../../synth/aws/stack.ts";
import { stackPath } from "../../synth/layout/layout.ts";
import type { FileSpec } from "../../synth/layout/file-spec.ts";
import type { Cluster } from "../../synth/model/cluster.ts";
import type { Fleet } from "../../synth/model/fleet.ts";
import { didYouMean } from "../../synth/model/did-you-mean.ts";
import type { ProblemsError } from "../../synth/model/problem.ts";
import type { RenderedCluster } from "../../synth/checks/check.ts";
import type { RenderedObject } from "../../synth/render/render.ts";
import type { Slice } from "../../synth/resolve/slice.ts";
import { sliceFolder } from "../../synth/reconciler/paths.ts";
import type { SynthesizedCluster } from "../../synth/synthesize.ts";
import { standsInDist, usage } from "./dist-path.ts";

/** What a path of dist stands for. */
export interface Found {
  readonly path: string;
  /** The file; undefined for a folder. */
  readonly file: FileSpec | undefined;
  /** The object in the file; undefined for a folder, and for a file of no object. */
  readonly rendered: RenderedObject | undefined;
  /** The slice it is part of, or that it delivers; undefined for what serves the whole cluster. */
  readonly slice: Slice | undefined;
  readonly cluster: RenderedCluster["cluster"];
  /** The stack that the file is the template of. */
  readonly stack: AwsStack | undefined;
  /** Every object of the cluster. */
  readonly all: readonly RenderedObject[];
  /** Whether it is an object of the reconciler, not of the slice. */
  readonly delivers: boolean;
}

/** The cluster whose folder a path is in. */
export function clusterOf(fleet: Fleet, path: string): Cluster {
  const [name = ""] = path.split("/", 1);
  const cluster = fleet.clusters.find((each) => each.name === name);
  if (cluster !== undefined) return cluster;
  const known = fleet.clusters.map((each) => each.name);
  throw usage(
    `${inDist(path)} is not rendered: there is no cluster ${name}`,
    didYouMean(name, known, `start the path with one of: ${known.join(", ")}`, (close) =>
      inDist(`${close}${path.slice(name.length)}`),
    ),
  );
}

/** The object, or the slice, that a path below dist stands for. */
export function findInDist({ files }: SynthesizedCluster, rendered: RenderedCluster, path: string): Found {
  const { cluster, objects: all } = rendered;
  const slices = rendered.slices.map(({ slice }) => slice);
  const file = files.find((each) => each.path === path);
  if (file !== undefined) {
    // A namespace is rendered with the others of its cluster, and owned by the app that lives in it.
    const home = slices.find((each) => path.startsWith(`${sliceFolder(cluster.view.name, each)}/`));
    const slice = home ?? slices.find(({ owner }) => owner === file.owner);
    const own = home !== undefined;
    const source = all.find(({ object }) => object === file.object);
    const stack = rendered.stacks.find(({ kind }) => stackPath(cluster.view.name, kind) === path);
    return {
      path,
      file,
      rendered: source,
      slice,
      cluster,
      stack,
      all,
      delivers: !own && stack === undefined,
    };
  }
  const slice = slices.find((each) => {
    const folder = sliceFolder(cluster.view.name, each);
    return path === folder || (path.startsWith(`${folder}/`) && isFolder(files, path));
  });
  if (slice === undefined) throw unknown(files, path);
  return {
    path,
    file: undefined,
    rendered: undefined,
    slice,
    cluster,
    stack: undefined,
    all,
    delivers: false,
  };
}

/** The slices whose folders lie below a folder that is nobody's own, such as that of a layer. */
export function slicesBelow({ cluster, slices }: RenderedCluster, path: string): readonly Slice[] {
  return slices
    .map(({ slice }) => slice)
    .filter((slice) => sliceFolder(cluster.view.name, slice).startsWith(`${path}/`));
}

function isFolder(files: readonly FileSpec[], path: string): boolean {
  return files.some((file) => file.path.startsWith(`${path}/`));
}

function unknown(files: readonly FileSpec[], path: string): ProblemsError {
  const below = files.filter((file) => file.path.startsWith(`${path}/`));
  if (below.length > 0) {
    const folders = [...new Set(below.map((file) => nextFolder(file.path, path)))];
    return usage(
      `${inDist(path)} holds what several definitions render`,
      `name one file, or the folder of one slice: ${folders.slice(0, 8).join(", ")}${folders.length > 8 ? ", …" : ""}`,
    );
  }
  const known = [
    ...files.map((file) => file.path),
    ...new Set(files.map((file) => file.path.slice(0, file.path.lastIndexOf("/")))),
  ];
  return usage(
    standsInDist(path)
      ? `nothing renders ${inDist(path)}: it is left over, or not Slipway's`
      : `nothing renders ${inDist(path)}`,
    didYouMean(path, known, "see npm run slipway -- list for what there is", inDist),
  );
}

/** The file, or the next folder on the way to it, below `path`. */
function nextFolder(file: string, path: string): string {
  const end = file.indexOf("/", path.length + 1);
  return inDist(end === -1 ? file : file.slice(0, end));
}
