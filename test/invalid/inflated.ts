import { chartRequests } from "../../synth/charts/request.ts";
import { resolveCluster } from "../../synth/resolve/resolve.ts";
import { schemaSet } from "../../synth/schemas/schema-set.ts";
import { synthesizeCluster } from "../../synth/synthesize.ts";
import { addon, garden } from "./garden.ts";
import type { Invalid } from "./invalid.ts";

const digest = `sha256:${"0".repeat(64)}` as const;

/** A fleet with an inflated chart, for which Helm printed this. */
export function inflated(expected: Omit<Invalid, "found">, printed: string): Invalid {
  return {
    ...expected,
    found: () => {
      const keda = addon("keda", { chart: { name: "keda", version: "2.18.0", digest } });
      const { fleet, cluster, inputs } = garden({ chartMode: "inflate", addons: [keda] });
      const { resolved } = resolveCluster(fleet, cluster, inputs);
      const requests = resolved ? [...chartRequests(resolved, schemaSet("1.35")).values()] : [];
      const charts = new Map(requests.map(({ key }) => [key, printed]));
      const { problems, rendered } = synthesizeCluster(fleet, cluster, { ...inputs, charts });
      return { problems, rendered };
    },
  };
}
