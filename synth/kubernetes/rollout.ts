import { k8s } from "cdk8s-plus-28";
import { field } from "../objects/json-fields.ts";
import type { Stage } from "../model/stage.ts";
import type { Component } from "./component.ts";
import { selectorLabels } from "./labels.ts";
import { podTemplate } from "./pod.ts";
import { scaling } from "./scaling.ts";
import type { Replicas } from "./scaling.ts";
import { service } from "./service.ts";
import { accompany } from "./workload.ts";
import type { WorkloadSpec } from "./workload.ts";

export interface BlueGreenSpec<P extends string> extends WorkloadSpec<P> {
  /** A fixed number, or the bounds of an autoscaler. */
  readonly replicas: Replicas;
  /** Seconds that the old pods stay after the switch, for connections to drain and for going back at once. Default: 300. */
  readonly secondsToGoBack?: number;
}

/**
 * A Rollout that starts all new pods beside the old ones and switches the Service over when every one of them is ready;
 * if they do not get ready, nothing is switched. With what a deployment brings along, and a Service `<name>-preview`
 * for the new pods alone. While it switches, the namespace holds its pods twice.
 */
export function blueGreen<const P extends string = never>(
  stage: Stage,
  name: string,
  spec: BlueGreenSpec<P>,
): Component<P> {
  if (stage.context.capabilities.progressiveDelivery === undefined) {
    stage.context.report(
      `Rollout ${name} has nobody to carry it out: ${stage.context.cluster.name} has no progressive delivery`,
      'give the cluster the capability "progressiveDelivery", or use deployment() there',
    );
  }
  const { replicas, several } = scaling(stage, "Rollout", name, spec.replicas);
  const selector = selectorLabels(stage.context.labels, name);
  stage.addResource({
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Rollout",
    metadata: { name, labels: selector },
    spec: {
      ...(replicas !== undefined && { replicas }),
      revisionHistoryLimit: 5,
      progressDeadlineSeconds: 600,
      // New pods that do not get ready are taken away again; the old ones never stopped serving.
      progressDeadlineAbort: true,
      selector: { matchLabels: selector },
      strategy: {
        blueGreen: {
          activeService: name,
          previewService: `${name}-preview`,
          autoPromotionEnabled: true,
          scaleDownDelaySeconds: spec.secondsToGoBack ?? 300,
        },
      },
      template: template(stage, name, spec, several),
    },
  });
  const component = accompany(stage, name, spec, several);
  service(stage, `${name}-preview`, spec, selector);
  return component;
}

/** The pod as a Deployment has it, in the API's own spelling: a Rollout's is the same. */
function template<P extends string>(
  stage: Stage,
  name: string,
  spec: BlueGreenSpec<P>,
  several: boolean,
): unknown {
  const selector = selectorLabels(stage.context.labels, name);
  const pods = podTemplate(stage, {
    ...spec,
    component: name,
    containers: { [name]: spec, ...spec.sidecars },
    spread: several,
  });
  const manifest: unknown = k8s.KubeDeployment.manifest({
    spec: { selector: { matchLabels: selector }, template: pods },
  });
  return field(manifest, "spec", "template");
}
