import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { images } from "../../../apps/content-studio/parameters.ts";
import { fleet } from "../../../clusters/fleet.ts";
import { repository } from "../../commands/slipway.ts";

const jenkinsfile = readFileSync(join(repository, "apps/content-studio/Jenkinsfile"), "utf8");
const cluster = fleet.clusters.find(({ name }) => name === "content-studio");
const placements = cluster?.placements ?? [];
const every = (pattern: RegExp) => [...jenkinsfile.matchAll(pattern)].map(([, found = ""]) => found);

describe("the pipeline of Content Studio", () => {
  test("builds and pushes each image of the app, under the name of its repository, and no other", () => {
    const repositories = Object.values(images).map(({ repository }) => repository);
    expect(every(/--tag "\$REGISTRY\/(\S+):\$GIT_COMMIT"/g)).toEqual(repositories);
    expect(every(/docker push "\$REGISTRY\/(\S+):\$GIT_COMMIT"/g)).toEqual(repositories);
  });

  test("releases each image of the app to the environment that follows main", () => {
    const [first] = placements;
    expect(every(/release set-image content-studio (\S+ \S+) --from-ecr/g)).toEqual(
      Object.keys(images).map((image) => `${first?.environment} ${image}`),
    );
  });

  test("lets choose the environments that the app is placed in, and promotes in their order", () => {
    const environments = placements.map(({ environment }) => environment);
    expect(every(/choices: \[([^\]]*)\]/g)).toEqual([environments.map((name) => `'${name}'`).join(", ")]);
    const steps = environments.slice(1).map((to, index) => `${environments[index]} ${to}`);
    const promoted = [...jenkinsfile.matchAll(/promote content-studio --from (\S+) --to (\S+) --why/g)].map(
      ([, from, to]) => `${from} ${to}`,
    );
    expect(promoted).toEqual(steps);
  });

  test("pushes to the registry of the cluster's account and region", () => {
    if (cluster?.provider !== "eks") throw new Error("content-studio is not on EKS");
    expect(jenkinsfile).toContain(`'${cluster.account}.dkr.ecr.${cluster.region}.amazonaws.com'`);
    expect(new Set(every(/region: '([^']*)'/g))).toEqual(new Set([cluster.region]));
  });

  test("asks a person before production, and talks to no cluster", () => {
    const approval = jenkinsfile.indexOf("stage('Approve prod')");
    expect(approval).toBeGreaterThan(0);
    expect(jenkinsfile.indexOf("input(", approval)).toBeLessThan(
      jenkinsfile.indexOf("stage('Promote to prod')"),
    );
    expect(jenkinsfile).not.toMatch(/kubectl|helm |kubeconfig/);
  });
});
