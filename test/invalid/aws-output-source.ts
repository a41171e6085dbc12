import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "a certificate without a zone to prove its names in",
      what: "output certificateArn is CertificateArn of the stack garden-cert, which has none",
      fix: "name the Route 53 zone of its hosts in aws.zone, or give it the capability dns, and use the certificate for its ingress",
    },
    { aws: {} },
  ),
];
