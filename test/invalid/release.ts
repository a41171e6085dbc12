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
];
