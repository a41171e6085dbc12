import type { Command } from "commander";
import type { ClusterProvider } from "../cluster/provider.ts";

/** `slipway cluster load`: images that were built here, for a cluster whose nodes run them. */
export function defineLoad(cluster: Command, providerOf: (name: string) => Promise<ClusterProvider>): void {
  cluster
    .command("load")
    .description("Load images that were built on this machine into a cluster's nodes.")
    .argument("<name>", "the cluster, as it is called here")
    .argument("<images...>", "images, by the names that pods ask for them by")
    .addHelpText("after", "\nExamples:\n  npm run slipway -- cluster load local voice-agent-studio:local")
    .action(async (name: string, images: readonly string[]) => {
      const provider = await providerOf(name);
      await provider.loadImages({ name, images });
      console.log(
        provider.name === "kind"
          ? `loaded into ${name}: ${images.join(", ")}`
          : `${name} has simulated nodes, which run no images`,
      );
    });
}
