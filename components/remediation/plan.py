"""Plans the replacement of the deprecated policies of one role. It only reads.

For a role that must not be changed it raises an error, so that the automation ends before any change and its message says why.
"""

import boto3
from botocore.config import Config

# EC2 assumes the role of instances, Systems Manager the role of hybrid nodes.
OF_INSTANCES = {"ec2.amazonaws.com", "ec2.amazonaws.com.cn", "ssm.amazonaws.com"}


def plan(events, context):
    """Returns what to attach and what to detach; two empty lists if nothing is to be done.

    RoleId        unique id that AWS Config reported, AROA...
    RoleName      name of the role, from AWS Config
    Quota         maximum number of managed policies of a role in this account
    Replacements  for each deprecated policy, by ARN, the ARNs that replace it
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
        require_replaceable(role, events["RoleId"], events["Exceptions"])
        # The new policies are attached first, so that the role always has what it requires.
        most, quota = len(attached) + len(attach), int(events["Quota"])
        if most > quota:
            raise ValueError(
                f"role {name} would have {most} managed policies during the replacement; expected at most {quota}, the quota; "
                "detach unused policies, or request a higher quota"
            )
    return {"Attach": attach, "Detach": detach, "Successors": successors}


def require_replaceable(role, role_id, exceptions):
    name = role["RoleName"]
    if role["RoleId"] != role_id:
        raise ValueError(f"role {name} has the id {role['RoleId']}; expected {role_id}; evaluate the rule again")
    if name in exceptions:
        raise ValueError(f"role {name} is an exception: {exceptions[name]}")
    if role["Path"].startswith("/aws-service-role/"):
        raise ValueError(f"role {name} is a service-linked role, which only its service can change")
    services = services_in(role["AssumeRolePolicyDocument"])
    if not services & OF_INSTANCES:
        raise ValueError(
            f"role {name} is assumed by {', '.join(sorted(services)) or 'no service'}; expected a role of instances; "
            "ask its owner what to replace the policy with"
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
