import type { ContainerView, PodTemplate } from "../../synth/checks/workloads.ts";
import { field, list, text } from "../../synth/objects/json-fields.ts";
import type { KeysOf } from "./keys.ts";
import type { Mount } from "./program/contract.ts";

/** What is mounted into a container, and what has to lie in it. */
export function mountsOf(
  { spec: pod, workload }: PodTemplate,
  { spec }: ContainerView,
  keysOf: KeysOf,
): readonly Mount[] {
  const volumes = [...list(pod, "volumes"), ...claimTemplates(workload)];
  return list(spec, "volumeMounts").flatMap((mount): readonly Mount[] => {
    const name = text(mount, "name");
    const volume = volumes.find((each) => text(each, "name") === name);
    const held = contentOf(volume, keysOf);
    if (held === undefined) return [];
    // Of a volume's files, a sub path shows one, or a folder whose content is unknown.
    const whole = text(mount, "subPath") === undefined && text(mount, "subPathExpr") === undefined;
    return [
      {
        path: text(mount, "mountPath") ?? "",
        from: held.from,
        writable: held.writable && field(mount, "readOnly") !== true,
        files: whole ? held.files : [],
      },
    ];
  });
}

/** Claims of a StatefulSet, which its pods mount like volumes. */
function claimTemplates(workload: unknown): readonly unknown[] {
  return list(workload, "spec", "volumeClaimTemplates").map((claim) => ({
    name: text(claim, "metadata", "name"),
    persistentVolumeClaim: {},
  }));
}

type Content = Pick<Mount, "from" | "writable" | "files">;

/** Undefined for a volume that may stay empty. */
function contentOf(volume: unknown, keysOf: KeysOf): Content | undefined {
  if (field(volume, "projected") !== undefined) return projected(volume, keysOf);
  const single = keyed(volume, keysOf);
  if (single !== undefined) return single.optional ? undefined : single;
  const kind = ["persistentVolumeClaim", "emptyDir", "csi"].find((each) => field(volume, each) !== undefined);
  if (kind === undefined) return { from: `volume ${text(volume, "name")}`, writable: false, files: [] };
  return { from: `${kind} ${text(volume, "name")}`, writable: kind !== "csi", files: [] };
}

function projected(volume: unknown, keysOf: KeysOf): Content {
  const parts = list(volume, "projected", "sources").map((source) => ({
    tokenPath: text(source, "serviceAccountToken", "path"),
    keyed: keyed(source, keysOf),
  }));
  const files = parts.flatMap(({ tokenPath, keyed }) => {
    if (tokenPath !== undefined) return [tokenPath];
    return keyed === undefined || keyed.optional ? [] : keyed.files;
  });
  return { from: `projected ${text(volume, "name")}`, writable: false, files };
}

/** A volume, or a part of one, that holds a file for each key of a ConfigMap or Secret. */
function keyed(source: unknown, keysOf: KeysOf): (Content & { readonly optional: boolean }) | undefined {
  for (const kind of ["ConfigMap", "Secret"] as const) {
    const reference = field(source, kind === "Secret" ? "secret" : "configMap");
    const name = text(reference, "secretName") ?? text(reference, "name");
    if (name === undefined) continue;
    const items = list(reference, "items").flatMap((item) => text(item, "path") ?? []);
    return {
      from: `${kind} ${name}`,
      writable: false,
      files: items.length > 0 ? items : keysOf(kind, name),
      optional: field(reference, "optional") === true,
    };
  }
  return undefined;
}
