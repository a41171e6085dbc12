import { webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "a public image by tag",
      what: "container web runs docker.io/library/nginx:1.29, which has a tag that its publisher may move",
      fix: "pin it by digest: <image>:<tag>@sha256:…",
      object: "Deployment/shop-dev/web spec.template.spec.containers[0].image",
    },
    { render: (stage, context) => webServer(stage, context, { image: "docker.io/library/nginx:1.29" }) },
  ),
  invalidGarden(
    {
      title: "an own image without a tag",
      what: "container web runs 123456789012.dkr.ecr.us-west-2.amazonaws.com/shop/web, which has no tag",
      fix: "pin a version tag or a digest in the app's release",
    },
    {
      render: (stage, context) =>
        webServer(stage, context, { image: "123456789012.dkr.ecr.us-west-2.amazonaws.com/shop/web" }),
    },
  ),
];
