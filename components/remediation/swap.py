"""Attaches, verifies and detaches managed policies of one role. Each handler can run again after an interruption."""

import boto3
from botocore.config import Config


def attach(events, context):
    """Attaches PolicyArns to the role RoleName. Policies that are attached already stay."""
    iam = client()
    for arn in arns_in(events):
        iam.attach_role_policy(RoleName=events["RoleName"], PolicyArn=arn)
    return {"Attached": events["PolicyArns"]}


def verify(events, context):
    """Raises an error unless the role RoleName has all of PolicyArns."""
    pages = client().get_paginator("list_attached_role_policies").paginate(RoleName=events["RoleName"])
    attached = {policy["PolicyArn"] for page in pages for policy in page["AttachedPolicies"]}
    missing = [arn for arn in arns_in(events) if arn not in attached]
    if missing:
        raise ValueError(f"role {events['RoleName']} does not have {', '.join(missing)}")
    return {"Verified": events["PolicyArns"]}


def detach(events, context):
    """Detaches PolicyArns from the role RoleName. Policies that were detached in the meantime are ignored."""
    iam = client()
    for arn in arns_in(events):
        try:
            iam.detach_role_policy(RoleName=events["RoleName"], PolicyArn=arn)
        except iam.exceptions.NoSuchEntityException:
            pass
    return {"Detached": events["PolicyArns"]}


def client():
    # IAM throttles per account, so many roles at once require retries.
    return boto3.client("iam", config=Config(retries={"mode": "standard", "max_attempts": 8}))


def arns_in(events):
    # A reference that Automation could not resolve is a string. Continuing with it would detach policies without attaching any.
    if not isinstance(events["PolicyArns"], list):
        raise TypeError(f"PolicyArns is {events['PolicyArns']!r}; expected a list")
    return events["PolicyArns"]
