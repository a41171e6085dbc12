"""moto as AWS behaves, where it does not: run as `server.py <port>`.

moto ignores several kinds of resources inside templates, although its APIs know them; the classes below make them by those
APIs, as CloudFormation would. It also loses the outputs of a stack that a change set made, and answers a failed execution
with an error where CloudFormation rolls the stack back.
"""

import json
import sys
from secrets import token_urlsafe
from time import time
from uuid import uuid5, NAMESPACE_URL

from moto.acm.models import acm_backends
from moto.cloudformation import models, parsing
from moto.cloudformation.exceptions import AlreadyExistsException
from moto.core.common_models import CloudFormationModel
from moto.efs.models import FileSystem
from moto.eks.models import eks_backends
from moto.kms.models import Key
from moto.secretsmanager.models import secretsmanager_backends
from moto.server import main
from moto.wafv2.models import wafv2_backends


class Made:
    """A resource that an API made. `physical_resource_id` is what Ref gives, `attributes` what GetAtt gives."""

    kind = ""

    def __init__(self, physical_resource_id, attributes=None):
        self.physical_resource_id = physical_resource_id
        self.attributes = attributes or {}

    @staticmethod
    def cloudformation_name_type():
        return ""

    @classmethod
    def has_cfn_attr(cls, attr):
        return True

    def get_cfn_attribute(self, name):
        return self.attributes[name]

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        return cls.make(resource_name, cloudformation_json.get("Properties", {}), account_id, region_name)

    @classmethod
    def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
        return original_resource

    @classmethod
    def delete_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name):
        cls.remove(resource_name, account_id, region_name)

    def delete(self, account_id, region_name):
        type(self).remove(self.physical_resource_id, account_id, region_name)

    @classmethod
    def remove(cls, physical_resource_id, account_id, region_name):
        """Gone with the stack; nobody asks the API for it afterwards."""

    def is_created(self):
        return True


def register(kind):
    """moto finds classes by what they inherit from directly, and the kind by a static method."""

    def decorate(make):
        members = {
            **{name: value for name, value in vars(Made).items() if name not in ("__dict__", "__weakref__")},
            # moto reads the service's name out of the module's.
            "__module__": "moto.cloudformation.models",
            "cloudformation_type": staticmethod(lambda: kind),
            "make": classmethod(lambda cls, *given: cls(*make(*given))),
        }
        return type(kind.replace("::", ""), (CloudFormationModel,), members)

    return decorate


kept = []


@register("AWS::EKS::Cluster")
def cluster(name, properties, account, region):
    made = eks_backends[account][region].create_cluster(
        name=properties["Name"],
        role_arn=properties["RoleArn"],
        resources_vpc_config={"subnetIds": properties.get("ResourcesVpcConfig", {}).get("SubnetIds", [])},
        version=properties.get("Version"),
    )
    return made.name, {
        "Arn": made.arn,
        "Endpoint": made.endpoint,
        "OpenIdConnectIssuerUrl": made.identity["oidc"]["issuer"],
        "CertificateAuthorityData": made.certificate_authority["data"],
        "ClusterSecurityGroupId": "sg-" + uuid5(NAMESPACE_URL, made.arn).hex[:17],
    }


@register("AWS::CertificateManager::Certificate")
def certificate(name, properties, account, region):
    arn = acm_backends[account][region].request_certificate(
        domain_name=properties["DomainName"],
        idempotency_token=None,
        subject_alt_names=properties.get("SubjectAlternativeNames", []),
        tags=[],
    )
    return (arn,)


def generated(rule):
    """A value of its own, under the key that the template names."""
    if rule is None:
        return None
    value = token_urlsafe(32)
    if "GenerateStringKey" not in rule:
        return value
    return json.dumps({**json.loads(rule.get("SecretStringTemplate", "{}")), rule["GenerateStringKey"]: value})


@register("AWS::SecretsManager::Secret")
def secret(name, properties, account, region):
    backend = secretsmanager_backends[account][region]
    backend.create_secret(
        name=properties["Name"],
        secret_string=generated(properties.get("GenerateSecretString")),
        secret_binary=None,
        description=properties.get("Description"),
        tags=[],
        kms_key_id=None,
        client_request_token=None,
        replica_regions=[],
        force_overwrite=False,
    )
    return (backend.describe_secret(properties["Name"]).arn,)


@register("AWS::WAFv2::WebACL")
def web_acl(name, properties, account, region):
    made = wafv2_backends[account][region].create_web_acl(
        properties.get("Name", name),
        properties.get("VisibilityConfig", {}),
        properties.get("DefaultAction", {}),
        "REGIONAL",
        "",
        [],
        [],
        *[None] * 5,
    )
    return made.arn, {"Arn": made.arn, "Id": made.id}


@register("AWS::IAM::OIDCProvider")
def oidc_provider(name, properties, account, region):
    arn = f"arn:aws:iam::{account}:oidc-provider/{properties['Url'].removeprefix('https://')}"
    return arn, {"Arn": arn}


# Their classes have to be found by moto, so they have to live.
kept += [cluster, certificate, secret, web_acl, oidc_provider]


def apply(change_set):
    """Makes the stack what the change set says, outputs and parameters included."""
    stack = change_set.stack
    stack.template = change_set.template
    stack._parse_template()
    stack.parameters = change_set.parameters
    stack.resource_map.tags.update(change_set.tags or {})
    stack.resource_map.update(change_set.template_dict, change_set.parameters)
    stack.tags = change_set.tags or {}
    stack.output_map = stack._create_output_map()


def execute(backend, change_set_name, stack_name=None):
    """Executes, and like CloudFormation takes a failure for the stack's and not for the caller's."""
    change_set = backend.describe_change_set(change_set_name)
    stack = backend.stacks[change_set.stack_id]
    verb = change_set.change_set_type
    stack._add_stack_event(f"{verb}_IN_PROGRESS", resource_status_reason="User Initiated")
    change_set.execution_status = "EXECUTE_COMPLETE"
    before = (stack.template, stack.parameters)
    try:
        apply(change_set)
        stack.status = f"{verb}_COMPLETE"
    except Exception as error:
        reason = f"Resource handler returned message: {getattr(error, 'description', None) or error}"
        stack._add_stack_event(f"{verb}_FAILED", resource_status_reason=reason)
        stack.template, stack.parameters = before
        stack.status = "ROLLBACK_COMPLETE" if verb == "CREATE" else "UPDATE_ROLLBACK_COMPLETE"
    stack._add_stack_event(stack.status)


def create_change_set(backend, stack_name, change_set_name, template, parameters, description, change_set_type, **rest):
    """Refuses a name that is taken, and uses a stack again that was only planned; moto makes a second one of its name."""
    for change_set in backend.change_sets.values():
        if (change_set.stack_name, change_set.change_set_name) == (stack_name, change_set_name):
            raise AlreadyExistsException(f"ChangeSet {change_set_name} already exists")
    found = next((stack for stack in backend.stacks.values() if stack.name == stack_name), None)
    if change_set_type == "CREATE" and found is not None:
        if found.status != "REVIEW_IN_PROGRESS":
            raise AlreadyExistsException(f"Stack [{stack_name}] already exists and cannot be created again")
        del backend.stacks[found.stack_id]
    return plan(backend, stack_name, change_set_name, template, parameters, description, change_set_type, **rest)


plan = models.CloudFormationBackend.create_change_set
models.CloudFormationBackend.create_change_set = create_change_set


def key(cls, resource_name, cloudformation_json, *rest, **kwargs):
    """moto insists on the policy that CloudFormation gives a key by itself."""
    cloudformation_json["Properties"].setdefault("KeyPolicy", None)
    return make_key(resource_name, cloudformation_json, *rest, **kwargs)


def size_in_bytes(file_system):
    """moto's file systems are always empty; here a tag of theirs says how much is in one."""
    tags = file_system._context.list_tags_for_resource(file_system.file_system_id)
    value = next((int(tag["Value"]) for tag in tags if tag["Key"] == "SizeInBytes"), 6144)
    return {"Value": value, "ValueInIA": 0, "ValueInStandard": value, "Timestamp": time()}


FileSystem.size_in_bytes = property(size_in_bytes)
make_key = Key.create_from_cloudformation_json
Key.create_from_cloudformation_json = classmethod(key)
models.CloudFormationBackend.execute_change_set = execute
parsing.get_model_list.cache_clear()
parsing.get_model_map.cache_clear()
parsing.get_name_type_map.cache_clear()

if __name__ == "__main__":
    main(["-H", "127.0.0.1", "-p", sys.argv[1]])
