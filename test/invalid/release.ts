import { changedByHand, frozenGarden } from "./frozen.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "an image that the release does not pin",
      what: "image web is not pinned",
      fix: 'add "web" with a digest or a version tag',
    },
    { release: '{ "images": {} }' },
  ),
  invalidGarden(
    {
      title: "an image that the app does not have",
      what: "image worker is not one of shop's (web)",
      fix: "remove it, or correct its spelling",
    },
    { release: '{ "images": { "web": "1.0.0", "worker": "1.0.0" } }' },
  ),
  invalidGarden(
    {
      title: "an image of a developer's machine",
      what: 'image web is pinned to "local", which exists on a developer\'s machine only',
      fix: "pin a digest or a version tag",
    },
    { release: '{ "images": { "web": "local" } }' },
  ),
  {
    title: "a slice that the cluster runs and no release knows of",
    what: "garden runs shop-staging, and no release says which",
    fix: "git restore apps/shop/releases/staging.json; to take it out of service, remove its placement from clusters/garden.ts as well",
    found: () => changedByHand(() => ({ text: undefined })),
  },
  invalidGarden(
    {
      title: "a frozen release where main is followed",
      what: "dev follows main, and the release is frozen at 1234567890ab",
      fix: 'leave nothing but "images" in it, or move dev up in the order of shop\'s promotion',
    },
    () => ({ release: frozenGarden().text }),
  ),
  {
    title: "a frozen environment whose release names images alone",
    what: "staging is frozen, and the release names no revision",
    fix: "git restore apps/shop/releases/staging.json if it was edited by hand; if it has followed main until now, commit all, then npm run slipway -- release freeze",
    found: () => changedByHand(() => ({ text: '{ "images": { "web": "1.0.0" } }' })),
  },
];
