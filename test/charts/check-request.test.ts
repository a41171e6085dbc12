import { expect, test } from "vitest";
import { checkRequest } from "../../scripts/charts/check-request.ts";
import type { ChartRequest } from "../../synth/charts/request.ts";

const at = { definition: "platform/greeter.ts" };
const request: ChartRequest = {
  key: "key",
  repository: "https://charts.example.com/a/b",
  name: "greeter",
  version: "1.0.0",
  digest: `sha256:${"1".repeat(64)}`,
  releaseName: "greeter",
  namespace: "greeter",
  kubeVersion: "1.35.0",
  apiVersions: [],
  values: {},
};

test.each([
  { repository: "oci://ghcr.io/charts" },
  { repository: "oci://127.0.0.1:5000/charts" },
  { repository: "http://127.0.0.1:8080/charts" },
  { repository: "https://charts.example.com/" },
  { version: "v1.2.3-rc.1+build.5" },
  { name: "kube-prometheus-stack" },
])("%j may be given to Helm", (changes) => {
  expect(checkRequest({ ...request, ...changes }, at)).toEqual([]);
});

test.each([
  { releaseName: "--output-dir=/tmp/x" },
  { releaseName: "a".repeat(54) },
  { namespace: "-n" },
  { namespace: "a\nb" },
  { name: "--post-renderer=x" },
  { name: "../chart" },
  { version: "^1.0.0" },
  { version: "--untar" },
  { repository: "http://charts.example.com" },
  { repository: "http://localhost.example.com" },
  { repository: "file:///etc" },
  { repository: "https://user:secret@charts.example.com" },
  { repository: "https://charts.example.com/a b" },
  { kubeVersion: "--debug" },
])("%j is a problem before Helm runs", (changes) => {
  expect(checkRequest({ ...request, ...changes }, at)).toMatchObject([{ rule: "chart-request", at }]);
});
