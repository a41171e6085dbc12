import { k8s } from "#synth";
import type { Stage } from "#synth";

/** A pod beside the web server's that is right, but for what is changed: the model itself writes no such pods. */
export function addPod(
  stage: Stage,
  spec: Partial<k8s.PodSpec>,
  container: Partial<k8s.Container> = {},
): void {
  stage.add(k8s.KubePod, "odd", {
    metadata: { labels: { "app.kubernetes.io/instance": "shop-dev", "app.kubernetes.io/name": "web" } },
    spec: {
      serviceAccountName: "web",
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
      ...spec,
      containers: [
        {
          name: "odd",
          image: "123456789012.dkr.ecr.us-west-2.amazonaws.com/shop/web:1.0.0",
          resources: {
            requests: { cpu: k8s.Quantity.fromString("10m"), memory: k8s.Quantity.fromString("16Mi") },
            limits: { memory: k8s.Quantity.fromString("16Mi") },
          },
          ports: [{ name: "http", containerPort: 8080 }],
          readinessProbe: { tcpSocket: { port: k8s.IntOrString.fromString("http") } },
          securityContext: closed,
          ...container,
        },
      ],
    },
  });
}

/** What the restricted level asks of a container. */
export const closed: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
};
