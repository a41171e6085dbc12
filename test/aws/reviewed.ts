/** What may be done to everything, with what bounds it instead. Whatever else asks for `*` has to be read by somebody first. */
export const reviewed: Readonly<Record<string, readonly string[]>> = {
  "reading, which AWS scopes no further and which changes nothing": [
    "cognito-idp:DescribeUserPoolClient",
    "ec2:GetCoipPoolUsage",
    "ec2:GetInstanceTypesFromInstanceRequirements",
    "ec2:GetSecurityGroupsForVpc",
    "iam:GetServerCertificate",
  ],
  "joining a load balancer with a web ACL, which wafv2:AssociateWebACL bounds": [
    "elasticloadbalancing:SetWebAcl",
  ],
  "speech, which has no resources and is bound to a region": [
    "polly:SynthesizeSpeech",
    "transcribe:StartStreamTranscription",
    "transcribe:StartStreamTranscriptionWebSocket",
  ],
};

/** Services of which whatever describes or lists changes nothing, holds nothing secret, and takes no resource. */
export const reviewedReading =
  /^(?:acm|autoscaling|ec2|elasticloadbalancing|iam|route53):(?:Describe|List)[A-Z][A-Za-z]+$/;

/** AWS' own policies that a role of ours may have, each for one purpose that AWS documents. */
export const reviewedManaged = [
  "AmazonEC2ContainerRegistryPullOnly",
  "AmazonEKSClusterPolicy",
  "AmazonEKSWorkerNodePolicy",
  "AmazonEKS_CNI_Policy",
  "CloudWatchAgentServerPolicy",
  "service-role/AmazonEBSCSIDriverPolicyV2",
  "service-role/AmazonEFSCSIDriverPolicy",
];
