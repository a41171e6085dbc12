"""What people and controllers do on AWS beside us: `hands.py <url> <region> fill-secrets <values>` puts those of a JSON object,
by entry, into entries that are there without one, as whoever knows them does; `load-balancer <name> <vpc> <EKS cluster>` makes
one, as its controller does, and prints its DNS name;
`push-image <tag> <repository> …` pushes an image into each repository, made if need be, and prints their digests;
`leave` and `clear` make and remove a volume and a snapshot of the cluster's claims; `fill <bucket> <file system> <subnet>` and
`empty <bucket> <file system>` put something into a bucket and a file system, and a network interface of Lambda into a subnet, and
take it out again."""

import json
import sys

import boto3

url, region, what, *rest = sys.argv[1:]


def client(service):
    keys = {"aws_access_key_id": "AKIAHANDS", "aws_secret_access_key": "example"}
    return boto3.client(service, endpoint_url=url, region_name=region, **keys)


if what == "fill-secrets":
    values = json.loads(rest[0])
    manager = client("secretsmanager")
    for page in manager.get_paginator("list_secrets").paginate():
        for secret in page["SecretList"]:
            if secret["Name"] in values and not secret.get("SecretVersionsToStages"):
                manager.put_secret_value(SecretId=secret["Name"], SecretString=json.dumps(values[secret["Name"]]))
elif what == "load-balancer":
    name, vpc, eks = rest
    subnets = client("ec2").describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["Subnets"]
    ids = [subnet["SubnetId"] for subnet in subnets if subnet["MapPublicIpOnLaunch"]] or [s["SubnetId"] for s in subnets][:2]
    made = client("elbv2").create_load_balancer(
        Name=name, Subnets=ids[:2], Tags=[{"Key": "elbv2.k8s.aws/cluster", "Value": eks}]
    )
    print(made["LoadBalancers"][0]["DNSName"])
elif what == "push-image":
    tag, *repositories = rest
    registry = client("ecr")
    for repository in repositories:
        if repository not in [each["repositoryName"] for each in registry.describe_repositories()["repositories"]]:
            registry.create_repository(repositoryName=repository)
        manifest = {
            "schemaVersion": 2,
            "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
            "config": {"mediaType": "application/vnd.docker.container.image.v1+json", "size": 1, "digest": f"sha256:{tag}{repository}"},
            "layers": [],
        }
        pushed = registry.put_image(repositoryName=repository, imageTag=tag, imageManifest=json.dumps(manifest))
        print(pushed["image"]["imageId"]["imageDigest"])
elif what == "leave":
    tags = [{"Key": "kubernetes.io/cluster/attractor-factory-eks", "Value": "owned"}]
    ec2 = client("ec2")
    volume = ec2.create_volume(
        AvailabilityZone=f"{region}a", Size=20, TagSpecifications=[{"ResourceType": "volume", "Tags": tags}]
    )
    snapshot = ec2.create_snapshot(
        VolumeId=volume["VolumeId"], TagSpecifications=[{"ResourceType": "snapshot", "Tags": tags}]
    )
    print(volume["VolumeId"], snapshot["SnapshotId"])
elif what == "clear":
    ec2, elb = client("ec2"), client("elbv2")
    owned = [{"Name": "tag:kubernetes.io/cluster/attractor-factory-eks", "Values": ["owned"]}]
    for snapshot in ec2.describe_snapshots(Filters=owned)["Snapshots"]:
        ec2.delete_snapshot(SnapshotId=snapshot["SnapshotId"])
    for volume in ec2.describe_volumes(Filters=owned)["Volumes"]:
        ec2.delete_volume(VolumeId=volume["VolumeId"])
    for balancer in elb.describe_load_balancers()["LoadBalancers"]:
        elb.delete_load_balancer(LoadBalancerArn=balancer["LoadBalancerArn"])
elif what == "fill":
    bucket, file_system, subnet = rest
    client("s3").put_object(Bucket=bucket, Key="backup", Body=b"data")
    client("efs").tag_resource(ResourceId=file_system, Tags=[{"Key": "SizeInBytes", "Value": "1000000"}])
    made = client("ec2").create_network_interface(SubnetId=subnet, Description="AWS Lambda VPC ENI-rotation")
    print(made["NetworkInterface"]["NetworkInterfaceId"])
elif what == "empty":
    bucket, file_system = rest
    client("s3").delete_object(Bucket=bucket, Key="backup")
    client("efs").untag_resource(ResourceId=file_system, TagKeys=["SizeInBytes"])
    ec2 = client("ec2")
    for interface in ec2.describe_network_interfaces()["NetworkInterfaces"]:
        if interface["Description"].startswith("AWS Lambda"):
            ec2.delete_network_interface(NetworkInterfaceId=interface["NetworkInterfaceId"])
