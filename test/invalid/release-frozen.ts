import { changedByHand } from "./frozen.ts";

const fix =
  "npm run slipway -- reproduce shop staging --write puts it back; to change it, promote, roll back or hotfix";
const deployment = "garden/applications/shop-staging/Deployment.web.yaml";

export default [
  {
    title: "a file of a frozen slice that was edited",
    what: "slice shop-staging in dist/garden is not what this release is frozen at: a file was edited, added or removed",
    fix,
    found: () =>
      changedByHand(({ dist }) => ({
        dist: new Map(dist).set(deployment, `${dist.get(deployment)}\n`),
      })),
  },
  {
    title: "a frozen slice that is not there",
    what: "slice shop-staging is frozen at this release, and dist/garden holds no file of it",
    fix,
    found: () => changedByHand(() => ({ dist: new Map() })),
  },
  {
    title: "a release whose digest was edited",
    what: "slice shop-staging in dist/garden is not what this release is frozen at: a file was edited, added or removed",
    fix,
    found: () =>
      changedByHand(({ text }) => ({
        text: text.replace(/("garden": "sha256:)[0-9a-f]{64}/, `$1${"0".repeat(64)}`),
      })),
  },
];
