import type { k8s } from "cdk8s-plus-28";

/** How fast an autoscaler moves between its bounds. */
export interface ScalingPace {
  /** Seconds of steady demand before it adds replicas. Default: 0. */
  readonly scaleUpAfterSeconds?: number;
  /** Most replicas that it adds in a minute. Default: Kubernetes' own, which doubles or adds four every 15 seconds. */
  readonly scaleUpPerMinute?: number;
  /** Seconds of steady calm before it removes replicas. Default: 300. */
  readonly scaleDownAfterSeconds?: number;
  /** Most replicas that it removes in a minute. Default: Kubernetes' own, which removes all that are not needed. */
  readonly scaleDownPerMinute?: number;
}

/** A pace in the words of an autoscaler. */
export function behavior(pace: ScalingPace): k8s.HorizontalPodAutoscalerBehaviorV2 {
  const { scaleUpAfterSeconds = 0, scaleUpPerMinute, scaleDownAfterSeconds = 300, scaleDownPerMinute } = pace;
  return {
    scaleUp: { stabilizationWindowSeconds: scaleUpAfterSeconds, ...atMost(scaleUpPerMinute) },
    scaleDown: { stabilizationWindowSeconds: scaleDownAfterSeconds, ...atMost(scaleDownPerMinute) },
  };
}

function atMost(perMinute: number | undefined): { policies?: k8s.HpaScalingPolicyV2[] } {
  return perMinute === undefined ? {} : { policies: [{ type: "Pods", value: perMinute, periodSeconds: 60 }] };
}
