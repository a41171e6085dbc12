"""What people and controllers do on AWS beside us: `hands.py <url> <region> fill-secrets <prefix>` puts a value into every
entry, as whoever knows it does; `hands.py <url> <region> load-balancer <name> <vpc>` makes one, as its controller does, and
prints its DNS name."""

import sys

import boto3

url, region, what, *rest = sys.argv[1:]


def client(service):
    keys = {"aws_access_key_id": "AKIAHANDS", "aws_secret_access_key": "example"}
    return boto3.client(service, endpoint_url=url, region_name=region, **keys)


if what == "fill-secrets":
    (prefix,) = rest
    manager = client("secretsmanager")
    for page in manager.get_paginator("list_secrets").paginate():
        for secret in page["SecretList"]:
            if secret["Name"].startswith(prefix) and not secret.get("SecretVersionsToStages"):
                manager.put_secret_value(SecretId=secret["Name"], SecretString="{}")
elif what == "load-balancer":
    name, vpc = rest
    subnets = client("ec2").describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["Subnets"]
    ids = [subnet["SubnetId"] for subnet in subnets if subnet["MapPublicIpOnLaunch"]] or [s["SubnetId"] for s in subnets][:2]
    made = client("elbv2").create_load_balancer(
        Name=name, Subnets=ids[:2], Tags=[{"Key": "elbv2.k8s.aws/cluster", "Value": "attractor-factory-eks"}]
    )
    print(made["LoadBalancers"][0]["DNSName"])
