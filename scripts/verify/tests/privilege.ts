import { setTimeout as sleep } from "node:timers/promises";
import type { Problem } from "../../../synth/model/problem.ts";
import type { Manifest } from "../dist/manifests.ts";
import { hostileManifests, hostileName } from "../hostile.ts";
import type { HostileManifest } from "../hostile.ts";
import { patienceFor } from "../limits.ts";
import { keyOf } from "../object-key.ts";
import { settle } from "../settle.ts";
import { manifestsOf } from "../site.ts";
import type { Site } from "../site.ts";
import { missingRights } from "./account-rights.ts";
import { complain, counted, skip } from "./outcome.ts";
import type { Outcome } from "./outcome.ts";

/** Seconds after a refusal in which what was refused must not turn up either. */
const graceSeconds = 1;

/** 6: a slice's project or account can do what the slice needs, and refuses what somebody plants in it. */
export async function privilege(site: Site): Promise<Outcome> {
  const host = hostSlice(site);
  if (host === undefined) return skip(`${site.cluster.name} has no slice to plant anything in`);
  const { asked, problems: missing } =
    site.cluster.reconciler === "flux" ? await missingRights(site) : { asked: 0, problems: [] };
  const planted = hostileManifests(host);
  // Argo CD tells of each object of one commit; Flux stops at the first.
  const commits = site.cluster.reconciler === "flux" ? planted.map((each) => [each]) : [planted];
  const problems: Problem[] = [...missing];
  for (const commit of commits) problems.push(...(await plant(site, host, commit)));
  const again = await site.publish(site.files, "Without what was planted");
  const restored = await settle(site, {
    files: site.files,
    commit: again,
    test: "privilege",
    afterTrouble: true,
  });
  const rights = asked === 0 ? "" : `; ${counted(asked, "right")} of accounts to their own objects held`;
  return {
    summary: `${counted(planted.length, "hostile manifest")} in ${host.slice} refused${rights}`,
    ...(host.isApp
      ? {}
      : { notes: [`there is no app here: planted in ${host.slice}, which has the least rights`] }),
    problems: [...problems, ...restored.problems],
  };
}

interface Host {
  readonly slice: string;
  readonly isApp: boolean;
  readonly manifest: Manifest;
  /** Folder of dist that what is planted comes to lie in. */
  readonly folder: string;
  readonly namespace: string;
  readonly foreignNamespace: string;
}

/** An app's slice; where there is none, the last add-on's that has files. */
function hostSlice(site: Site): Host | undefined {
  const { manifests } = manifestsOf(site);
  const own = manifests.filter(({ slice }) => slice !== undefined);
  const apps = own.filter(({ folder }) => folder === "applications");
  const configuration = own.filter(({ folder }) => folder === "configuration");
  const [manifest] = apps.length > 0 ? apps : configuration.length > 0 ? configuration : own.slice(-1);
  if (manifest?.slice === undefined) return undefined;
  const namespaces = own
    .filter(({ slice }) => slice === manifest.slice)
    .flatMap(({ object }) => object.metadata.namespace ?? []);
  const namespace = namespaces[0] ?? "default";
  const others = apps.flatMap(({ object }) => object.metadata.namespace ?? []);
  return {
    slice: manifest.slice,
    isApp: apps.length > 0,
    manifest,
    folder: manifest.path.slice(0, manifest.path.lastIndexOf("/")),
    namespace,
    foreignNamespace: others.find((other) => !namespaces.includes(other)) ?? "kube-system",
  };
}

async function plant(
  site: Site,
  host: Host,
  hostile: readonly HostileManifest[],
): Promise<readonly Problem[]> {
  const { recorder } = site;
  const files = new Map([
    ...site.files,
    ...hostile.map(({ object }): [string, string] => [
      `${host.folder}/${object.kind}.${hostileName}.yaml`,
      `${JSON.stringify(object, undefined, 2)}\n`,
    ]),
  ]);
  await site.publish(files, `Plant ${hostile.map(({ what }) => what).join(", ")}`);
  const refused = ({ object }: HostileManifest) =>
    complaints(site, host).some((message) => names(message, object.kind));
  const limit = patienceFor("refusal");
  await recorder.until(
    () =>
      hostile.every((each) => refused(each) || recorder.get(keyOf(each.object)) !== undefined)
        ? true
        : undefined,
    limit,
  );
  await sleep(graceSeconds * 1000);
  return hostile.flatMap((each): readonly Problem[] => {
    const problem = (what: string, fix: string): readonly Problem[] => [
      complain("privilege", site, { object: each.object, definition: host.manifest.definition, what, fix }),
    ];
    if (recorder.history.all.has(keyOf(each.object))) {
      return problem(
        `${each.what}, planted in ${host.slice}, came into being`,
        "narrow the AppProject, or the role of the slice's account, to the kinds and namespaces that the slice holds",
      );
    }
    if (refused(each)) return [];
    return problem(
      `${each.what}, planted in ${host.slice}, was not refused within ${limit()} s: ${complaints(site, host).join("; ") || "nothing is said of it"}`,
      "see that the reconciler looks at this slice at all, and that its refusal names the object",
    );
  });
}

function names(message: string, kind: string): boolean {
  return new RegExp(`${kind}/(\\S+/)?${hostileName}\\b`).test(message);
}

/** What the reconciler says is wrong with the host's slice now. */
function complaints({ recorder, view }: Site, { slice }: Host): readonly string[] {
  return [...recorder.live()].flatMap((object) => {
    const { name } = object.metadata;
    const trouble = view.troubleOf(object);
    const isIts = object.kind === view.kind.kind && (name === slice || name.startsWith(`${slice}-`));
    return trouble !== undefined && isIts ? [trouble.message] : [];
  });
}
