"""Plans the replacement of deprecated policies of one role: reads, and changes nothing.

Where a role must be left alone it raises, so that the automation ends before any change and its message says why.
"""

import boto3
from botocore.config import Config

# Instances assume their role by EC2, hybrid nodes by Systems Manager.
OF_INSTANCES = {"ec2.amazonaws.com", "ec2.amazonaws.com.cn", "ssm.amazonaws.com"}


def plan(events, context):
    """Answers what to attach and what to detach; two empty lists where nothing is to be done.

    RoleId        unique id that AWS Config reported, AROA...
    RoleName      the name that AWS Config has for it
    Quota         how many managed policies a role may have in this account
    Replacements  for each deprecated policy, by ARN, the ARNs that take its place
    Exceptions    for each role to leave alone, by name, the reason
    """
    name = events["RoleName"]
    iam = boto3.client("iam", config=Config(retries={"mode": "standard", "max_attempts": 8}))
    role = iam.get_role(RoleName=name)["Role"]
    pages = iam.get_paginator("list_attached_role_policies").paginate(RoleName=name)
    attached = [policy["PolicyArn"] for page in pages for policy in page["AttachedPolicies"]]

    replacements = events["Replacements"]
    detach = [arn for arn in attached if arn in replacements]
    successors = list(dict.fromkeys(new for arn in detach for new in replacements[arn]))
    attach = [arn for arn in successors if arn not in attached]
    if detach:
        refuse_what_must_be_left_alone(role, events["RoleId"], events["Exceptions"])
        # The new ones come first, so that the role never has less than it needs.
        most, quota = len(attached) + len(attach), int(events["Quota"])
        if most > quota:
            raise ValueError(
                f"role {name} would have {most} managed policies, and {quota} is the quota; "
                "expected room for the new ones beside the old; detach what is not in use, or raise the quota"
            )
    return {"Attach": attach, "Detach": detach, "Successors": successors}


def refuse_what_must_be_left_alone(role, role_id, exceptions):
    name = role["RoleName"]
    if role["RoleId"] != role_id:
        raise ValueError(f"role {name} is {role['RoleId']} and no longer {role_id}; evaluate the rule again")
    if name in exceptions:
        raise ValueError(f"role {name} is an exception: {exceptions[name]}")
    if role["Path"].startswith("/aws-service-role/"):
        raise ValueError(f"role {name} is a service-linked role, which only its service may change")
    services = services_in(role["AssumeRolePolicyDocument"])
    if not services & OF_INSTANCES:
        raise ValueError(
            f"role {name} is for {', '.join(sorted(services)) or 'no service'} and not for instances; "
            "what replaces the policy there, its owner must say"
        )


def services_in(trust):
    statements = trust["Statement"] if isinstance(trust["Statement"], list) else [trust["Statement"]]
    services = set()
    for statement in statements:
        principal = statement.get("Principal")
        named = principal.get("Service", []) if isinstance(principal, dict) else []
        if statement["Effect"] == "Allow":
            services.update([named] if isinstance(named, str) else named)
    return services
