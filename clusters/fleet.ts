import { defineFleet } from "#synth";
import { addons } from "../platform/catalog.ts";
import { attractorFactory } from "./attractor-factory.ts";
import { attractorFactoryNonprod } from "./attractor-factory-nonprod.ts";
import { contentStudio } from "./content-studio.ts";
import { conversationDev } from "./conversation-dev.ts";
import { conversationProd } from "./conversation-prod.ts";
import { conversationStaging } from "./conversation-staging.ts";
import { local } from "./local.ts";
import { prompt2meshNonprod } from "./prompt2mesh-nonprod.ts";
import { prompt2meshProd } from "./prompt2mesh-prod.ts";
import { voiceAgentNonprod } from "./voice-agent-nonprod.ts";
import { voiceAgentProd } from "./voice-agent-prod.ts";

export const fleet = defineFleet({
  repository: { url: "https://github.com/example/slipway.git", branch: "main" },
  addons,
  clusters: [
    local,
    voiceAgentNonprod,
    voiceAgentProd,
    attractorFactoryNonprod,
    attractorFactory,
    conversationDev,
    conversationStaging,
    conversationProd,
    prompt2meshNonprod,
    prompt2meshProd,
    contentStudio,
  ],
});
