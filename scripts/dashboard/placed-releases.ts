import { releaseIn } from "../promotion/subjects.ts";
import { loadFleet, readInputs } from "../workspace.ts";

/** The release that this repository has for each placement, by its owner: the start of its revision, or `main`. */
export async function placedReleases(): Promise<ReadonlyMap<string, string>> {
  const { clusters } = await loadFleet();
  const inputs = readInputs();
  return new Map(
    clusters.flatMap(({ placements }) =>
      placements.map(({ app, environment }): [string, string] => {
        const release = releaseIn(inputs, { of: "app", name: app, step: environment });
        return [`${app}-${environment}`, release?.frozen?.revision.slice(0, 12) ?? "main"];
      }),
    ),
  );
}

/** The release of a part: of the placement itself, or of one of its stages. */
export function releaseOf(releases: ReadonlyMap<string, string>, part: string): string {
  const owner = [...releases.keys()].find((name) => part === name || part.startsWith(`${name}-`));
  return owner === undefined ? "-" : (releases.get(owner) ?? "-");
}
