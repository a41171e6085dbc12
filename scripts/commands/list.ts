import { Argument } from "commander";
import { chooseClusters } from "../choose-clusters.ts";
import { callDefinitions } from "../definition-errors.ts";
import { inventory } from "../inventory/inventory.ts";
import type { Inventory, ListedAddon, ListedCluster, ListedPlacement } from "../inventory/inventory.ts";
import { tableLines, terminalWidth } from "../output/table.ts";
import { loadFleet, readInputs } from "../workspace.ts";
import type { DefineCommand } from "./command.ts";

const subjects = ["clusters", "addons", "placements"] as const;
type Subject = (typeof subjects)[number];

interface Options {
  readonly cluster?: readonly string[];
  readonly json?: true;
}

/** `slipway list`: what there is, and what runs where. */
export const listCommand: DefineCommand = (program) => {
  program
    .command("list")
    .description("List clusters, add-ons and placements, with what they run and where.")
    .addArgument(new Argument("[what]", "one of them; default: all three").choices(subjects))
    .option("--cluster <name...>", "only what runs on these clusters")
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      `
Examples:
  npm run slipway -- list
  npm run slipway -- list addons --cluster local
  npm run slipway -- list placements --json`,
    )
    .action(async (what: Subject | undefined, options: Options) => {
      const fleet = await loadFleet();
      const chosen = chooseClusters(fleet, options.cluster);
      const listed = callDefinitions(() => inventory(fleet, chosen, readInputs()));
      const wanted = what === undefined ? subjects : [what];
      if (options.json) {
        console.log(JSON.stringify(Object.fromEntries(wanted.map((subject) => [subject, listed[subject]]))));
        return;
      }
      console.log(wanted.map((subject) => tables[subject](listed).join("\n")).join("\n\n"));
    });
};

const tables: Readonly<Record<Subject, (listed: Inventory) => readonly string[]>> = {
  clusters: ({ clusters }) => clusterTable(clusters),
  addons: ({ addons, clusters }) =>
    addonTable(
      addons,
      clusters.map(({ name }) => name),
    ),
  placements: ({ placements }) => placementTable(placements),
};

function clusterTable(clusters: readonly ListedCluster[]): readonly string[] {
  return tableLines(
    [
      "CLUSTER",
      "PROVIDER",
      "REGION",
      "ACCOUNT",
      "KUBERNETES",
      "RECONCILER",
      "NODE GROUPS",
      "ADD-ONS",
      "PLACEMENTS",
    ],
    clusters.map((cluster) => [
      cluster.name,
      cluster.provider,
      cluster.region ?? "-",
      cluster.account ?? "-",
      cluster.kubernetes,
      cluster.reconciler,
      cluster.nodeGroups.map(({ name, min, max }) => `${name} ${min}-${max}`).join(", "),
      String(cluster.addons.length),
      cluster.placements.join(", ") || "-",
    ]),
    terminalWidth(),
  );
}

function addonTable(addons: readonly ListedAddon[], all: readonly string[]): readonly string[] {
  return tableLines(
    ["ADD-ON", "LAYER", "CHART", "VERSION", "NAMESPACE", "CLUSTERS"],
    addons.map(({ name, layer, chart, namespace, clusters }) => [
      name,
      layer,
      chart?.name ?? "-",
      chart?.version ?? "-",
      namespace,
      clusterNames(clusters, all),
    ]),
    terminalWidth(),
  );
}

/** By name; by those left out where they are fewer. */
function clusterNames(clusters: readonly string[], all: readonly string[]): string {
  const others = all.filter((name) => !clusters.includes(name));
  if (clusters.length === 0) return "none";
  if (others.length >= clusters.length || all.length === 1) return clusters.join(", ");
  return others.length === 0 ? `all ${all.length}` : `all but ${others.join(", ")}`;
}

function placementTable(placements: readonly ListedPlacement[]): readonly string[] {
  return tableLines(
    ["APP", "ENVIRONMENT", "CLUSTER", "NAMESPACE", "IMAGES"],
    placements.map(({ app, environment, cluster, namespace, images }) => [
      app,
      environment,
      cluster,
      namespace,
      Object.entries(images)
        .map(([name, reference]) => `${name} ${shortReference(reference)}`)
        .join(", ") || "-",
    ]),
    terminalWidth(),
  );
}

/** What a release pins, without the registry and repository: a tag, or the start of a digest. */
function shortReference(reference: string): string {
  const digest = /@sha256:([0-9a-f]{12})/.exec(reference);
  return digest?.[1] ?? reference.slice(reference.lastIndexOf(":") + 1);
}
