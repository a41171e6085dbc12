import { httpIngress } from "#synth";
import { webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

const zone = "example.com";
const lambda = "arn:aws:lambda:us-west-2:123456789012:function:rotate" as const;

export default [
  invalidGarden(
    {
      title: "a host outside the zone",
      what: "host shop.example.org is not in its zone example.com, so it gets no certificate and no record",
      fix: "choose a host below example.com, or name the zone that it is in",
    },
    {
      render: (stage, context) => {
        const web = webServer(stage, context);
        httpIngress(stage, "web", { host: "shop.example.org", routes: { "/": web.port("http") } });
      },
    },
  ),
  invalidGarden(
    {
      title: "rotation of an entry that nothing reads",
      what: "aws.rotation changes shop/dev/session, which nothing reads",
      fix: "remove it",
    },
    { aws: { zone, rotation: { "shop/dev/session": { lambda, everyDays: 30 } } } },
  ),
  invalidGarden(
    {
      title: "a bucket with a name that S3 does not take",
      what: "bucket Back_ups would be called garden-Back_ups-123456789012-us-west-2, which S3 does not take",
      fix: "use lower-case letters, digits and dashes, 63 characters in all",
    },
    { aws: { zone, buckets: [{ name: "Back_ups" }] } },
  ),
  invalidGarden(
    { title: "two buckets of one name", what: "there are two buckets named backups", fix: "keep one" },
    { aws: { zone, buckets: [{ name: "backups" }, { name: "backups", expireDays: 7 }] } },
  ),
  invalidGarden(
    {
      title: "access to a namespace that nobody declares",
      what: "aws.access lets arn:aws:iam::123456789012:role/gardeners into namespace shop-def, which nobody declares",
      fix: "did you mean shop-dev? Otherwise remove it",
    },
    {
      aws: {
        zone,
        access: [
          {
            principal: "arn:aws:iam::123456789012:role/gardeners",
            policy: "AmazonEKSViewPolicy",
            namespaces: ["shop-def"],
          },
        ],
      },
    },
  ),
  invalidGarden(
    {
      title: "two entries for one principal",
      what: "aws.access has two entries for arn:aws:iam::123456789012:role/gardeners, and EKS takes one",
      fix: "keep one",
    },
    {
      aws: {
        zone,
        access: (["AmazonEKSViewPolicy", "AmazonEKSEditPolicy"] as const).map((policy) => ({
          principal: "arn:aws:iam::123456789012:role/gardeners",
          policy,
        })),
      },
    },
  ),
  invalidGarden(
    {
      title: "a source of the API server that is no block",
      what: "aws.apiServerFrom names 203.0.113.7/24, which is no block of addresses",
      fix: "write a block by its first address, such as 203.0.113.0/24",
    },
    { aws: { zone, apiServerFrom: ["203.0.113.7/24"] } },
  ),
];
