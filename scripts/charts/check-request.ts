import type { ChartRequest } from "../../synth/charts/request.ts";
import type { Location, Problem } from "../../synth/model/problem.ts";

interface Form {
  readonly pattern: RegExp;
  readonly expected: string;
  /** Default: unlimited. */
  readonly maxLength?: number;
}

const label: RegExp = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

/** What Helm is given as an argument. Charts are inflated before the rules check names, so Helm relies on these alone. */
const forms = {
  // Helm's own limit.
  releaseName: {
    pattern: label,
    maxLength: 53,
    expected: "at most 53 lower-case letters, digits and hyphens",
  },
  namespace: { pattern: label, maxLength: 63, expected: "at most 63 lower-case letters, digits and hyphens" },
  name: { pattern: /^[a-z0-9][a-z0-9.-]*$/, expected: "lower-case letters, digits, dots and hyphens" },
  version: {
    pattern: /^v?\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/,
    expected: "one exact version, such as 1.2.3",
  },
  repository: {
    pattern:
      /^(?:(?:https|oci):\/\/[A-Za-z0-9][A-Za-z0-9.-]*|http:\/\/(?:localhost|127\.0\.0\.1))(?::\d+)?(?:\/[\w.~%+-]+)*\/?$/,
    expected: "https://… or oci://…, or http:// on this machine",
  },
  kubeVersion: { pattern: /^\d+\.\d+\.\d+$/, expected: "a Kubernetes version, such as 1.35" },
} as const satisfies Partial<Record<keyof ChartRequest, Form>>;

const labels = {
  releaseName: "release name",
  namespace: "namespace",
  name: "name",
  version: "version",
  repository: "repository",
  kubeVersion: "Kubernetes version",
} as const satisfies Record<keyof typeof forms, string>;

/** What of a request Helm could take for something else than it is, such as an option. */
export function checkRequest(request: ChartRequest, at: Location): readonly Problem[] {
  const check = (field: keyof typeof forms): readonly Problem[] => {
    const { pattern, expected, maxLength = Infinity }: Form = forms[field];
    const value = request[field];
    if (pattern.test(value) && value.length <= maxLength) return [];
    const what = `${JSON.stringify(value)} is no ${labels[field]} that a chart may be rendered with`;
    return [{ rule: "chart-request", at, what, fix: `the ${labels[field]} is ${expected}` }];
  };
  return [
    ...check("releaseName"),
    ...check("namespace"),
    ...check("name"),
    ...check("version"),
    ...check("repository"),
    ...check("kubeVersion"),
  ];
}
