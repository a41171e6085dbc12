/** Labels by which a component's Service, disruption budget and policies select its pods; never change them. */
export function selectorLabels(
  sliceLabels: Readonly<Record<string, string>>,
  component: string,
): Record<string, string> {
  const instance = sliceLabels["app.kubernetes.io/instance"] ?? component;
  return { "app.kubernetes.io/instance": instance, "app.kubernetes.io/name": component };
}

export const nodeGroupLabel = "slipway.dev/node-group";
