import type { ResourceValues } from "./pod.ts";

interface Switch {
  readonly enabled: boolean;
}

/**
 * Keys that we set of chart amazon-cloudwatch-observability 6.4.0. The chart has no schema: it takes a misspelt
 * key silently. It renders the same twice only with cert-manager in both places.
 */
export interface AmazonCloudwatchObservabilityValues {
  readonly clusterName: string;
  readonly region: string;
  readonly containerInsights: Switch;
  readonly containerLogs: {
    readonly enabled: boolean;
    readonly fluentBit: { readonly resources: ResourceValues };
  };
  readonly applicationSignals: Switch;
  readonly otelContainerInsights: Switch;
  readonly dcgmExporter: Switch;
  readonly neuronMonitor: Switch;
  readonly agent: {
    readonly certManager: Switch;
    readonly resources: ResourceValues;
  };
  readonly manager: {
    readonly resources: ResourceValues;
    readonly applicationSignals: {
      readonly autoMonitor: {
        readonly monitorAllServices: boolean;
        readonly restartPods: boolean;
      };
    };
  };
  readonly admissionWebhooks: {
    readonly certManager: Switch;
    readonly failurePolicy: "Ignore";
  };
}
