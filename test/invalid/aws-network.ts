import { k8s } from "#synth";
import { invalidGarden } from "./invalid.ts";
import { webServer, workers } from "./garden.ts";

const network = {
  cidr: "10.42.0.0/16",
  publicSubnets: ["10.42.0.0/20", "10.42.16.0/20"],
  privateSubnets: ["10.42.64.0/18", "10.42.128.0/18"],
} as const;

export default [
  invalidGarden(
    {
      title: "a network that is none",
      what: "its network 10.42.1.0/16 is none that a VPC can have",
      fix: "write a block from /16 to /28 by its first address, such as 10.42.0.0/16",
    },
    { network: { ...network, cidr: "10.42.1.0/16" } },
  ),
  invalidGarden(
    {
      title: "a subnet outside the network",
      what: "subnet 10.43.0.0/20 is no part of its network 10.42.0.0/16",
      fix: "write a block inside it, by its first address",
    },
    { network: { ...network, publicSubnets: ["10.42.0.0/20", "10.43.0.0/20"] } },
  ),
  invalidGarden(
    {
      title: "subnets with the same addresses",
      what: "subnets 10.42.0.0/20 and 10.42.0.0/24 overlap",
      fix: "give each addresses of its own",
    },
    { network: { ...network, publicSubnets: ["10.42.0.0/20", "10.42.0.0/24"] } },
  ),
  invalidGarden(
    {
      title: "a network where Services have their addresses",
      what: "its network 172.20.0.0/16 overlaps 172.20.0.0/16, where Services have their addresses",
      fix: "choose a block in 10.0.0.0/8",
    },
    {
      network: {
        cidr: "172.20.0.0/16",
        publicSubnets: ["172.20.0.0/20", "172.20.16.0/20"],
        privateSubnets: ["172.20.64.0/18", "172.20.128.0/18"],
      },
    },
  ),
  invalidGarden(
    {
      title: "subnets in one zone only",
      what: "its publicSubnets are in 1 zone, and EKS and load balancers want two",
      fix: "add a subnet in another zone",
    },
    { network: { ...network, publicSubnets: ["10.42.0.0/20"] } },
  ),
  invalidGarden(
    {
      title: "nodes where there is no subnet",
      what: "node group workers is in zone us-west-2c, where the network has no private subnet",
      fix: "name zones among us-west-2a, us-west-2b",
    },
    { nodeGroups: [{ ...workers, zones: ["us-west-2c"] }] },
  ),
  invalidGarden(
    {
      title: "a policy about a part of the VPC that is no subnet",
      what: "it names 10.42.0.0/24, which is in the VPC and none of its subnets",
      fix: "name one of 10.42.0.0/16, 10.42.0.0/20, 10.42.16.0/20, 10.42.64.0/18, 10.42.128.0/18, or describe the flow with flows(…)",
      object: "NetworkPolicy/shop-dev/database",
    },
    {
      render: (stage, context) => {
        webServer(stage, context);
        stage.add(k8s.KubeNetworkPolicy, "database", {
          spec: {
            podSelector: { matchLabels: { "app.kubernetes.io/name": "web" } },
            policyTypes: ["Egress"],
            egress: [{ to: [{ ipBlock: { cidr: "10.42.0.0/24" } }] }],
          },
        });
      },
    },
  ),
];
