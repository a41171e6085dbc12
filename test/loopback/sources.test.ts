import { expect, test } from "vitest";
import { outsideSources } from "../../scripts/loopback/sources.ts";

const application = (source: object) => ({ kind: "Application", spec: { sources: [source] } });
const repository = {
  kind: "HelmRepository",
  metadata: { name: "stable" },
  spec: { url: "https://charts.example.com/" },
};
const release = (version: string) => ({
  kind: "HelmRelease",
  spec: {
    chart: { spec: { chart: "greeter", version, sourceRef: { kind: "HelmRepository", name: "stable" } } },
  },
});

test("a HelmRelease's chart is where its HelmRepository says", () => {
  const { charts } = outsideSources([release("1.0.0"), repository]);
  expect(charts).toEqual([{ repository: "https://charts.example.com", name: "greeter", version: "1.0.0" }]);
});

test("an OCIRepository names registry, chart and version in one", () => {
  const oci = {
    kind: "OCIRepository",
    spec: { url: "oci://ghcr.io/org/charts/operator", ref: { tag: "0.58.1" } },
  };
  expect(outsideSources([oci]).charts).toEqual([
    { repository: "oci://ghcr.io/org/charts", name: "operator", version: "0.58.1" },
  ]);
});

test("both revisions of a chart are there, and each once", () => {
  const objects = [release("1.0.0"), release("1.0.0"), release("2.0.0"), repository];
  expect(outsideSources(objects).charts.map(({ version }) => version)).toEqual(["1.0.0", "2.0.0"]);
});

test.each([
  ["a range for a version", [release("^1.0.0"), repository]],
  ["a chart without its repository", [release("1.0.0")]],
  [
    "a chart that is a path",
    [application({ repoURL: "https://x.example.com", chart: "../etc", targetRevision: "1.0.0" })],
  ],
  [
    "a repository on a port of this machine",
    [application({ repoURL: "http://127.0.0.1:80/x.git", path: "." })],
  ],
  ["a repository with a login in it", [application({ repoURL: "https://me:secret@git.example.com/x.git" })]],
])("%s is a problem and not a source", (_what, objects) => {
  expect(() => outsideSources(objects)).toThrow(/is no (?:git repository|chart)/);
});

test("a login that stands in a URL is not told on", () => {
  const login = application({ repoURL: "https://me:secret@git.example.com/x.git" });
  expect(() => outsideSources([login])).toThrow(/^(?!.*secret).*git\.example\.com/s);
});
