"""Roles and instance profiles with boto3, unmodified. Run as `steps.py` says."""

import json

from steps import ACCOUNT, client, equal, run_steps

from botocore.exceptions import ClientError

READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
READER = f"arn:aws:iam::{ACCOUNT}:role/team/Reader"

root = client("iam")
made = {}


def trust(principal):
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    return {"Version": "2012-10-17", "Statement": [statement]}


def refusal(call, **parameters):
    try:
        call(**parameters)
    except ClientError as error:
        return error.response["Error"]["Code"], error.response["Error"]["Message"]
    raise AssertionError("the call was not refused")


def trusted():
    document = root.get_role(RoleName="Reader")["Role"]["AssumeRolePolicyDocument"]
    return document["Statement"][0]["Principal"]["AWS"]


def step_create():
    """boto3: a role is created, waited for, listed and answered whole, its trust policy as JSON"""
    made["user"] = root.create_user(UserName="ann")["User"]
    made["trust"] = trust({"AWS": made["user"]["Arn"]})
    created = root.create_role(
        RoleName="Reader",
        Path="/team/",
        AssumeRolePolicyDocument=json.dumps(made["trust"]),
        Description="reads",
        MaxSessionDuration=7200,
        Tags=[{"Key": "team", "Value": "blue"}],
    )["Role"]
    equal((created["Arn"], created["AssumeRolePolicyDocument"]), (READER, made["trust"]))
    root.get_waiter("role_exists").wait(RoleName="Reader")
    role = root.get_role(RoleName="reader")["Role"]
    equal((role["Description"], role["MaxSessionDuration"], role["RoleLastUsed"]), ("reads", 7200, {}))
    equal(root.list_role_tags(RoleName="Reader")["Tags"], [{"Key": "team", "Value": "blue"}])
    pages = root.get_paginator("list_roles").paginate(PathPrefix="/team/")
    equal([role["Arn"] for page in pages for role in page["Roles"]], [READER])


def step_update():
    """boto3: description, longest session and tags of a role are changed"""
    root.update_role(RoleName="Reader", MaxSessionDuration=3600)
    equal(root.update_role_description(RoleName="Reader", Description="ours")["Role"]["Description"], "ours")
    root.tag_role(RoleName="Reader", Tags=[{"Key": "Team", "Value": "red"}, {"Key": "cost", "Value": ""}])
    root.untag_role(RoleName="Reader", TagKeys=["COST"])
    role = root.get_role(RoleName="Reader")["Role"]
    equal((role["MaxSessionDuration"], role["Tags"]), (3600, [{"Key": "Team", "Value": "red"}]))


def step_policies():
    """boto3: a role is given policies of both kinds and a boundary, which its simulation goes by"""
    allow = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*"}]}
    root.put_role_policy(RoleName="Reader", PolicyName="send", PolicyDocument=json.dumps(allow))
    equal(root.get_role_policy(RoleName="Reader", PolicyName="send")["PolicyDocument"], allow)
    equal(root.list_role_policies(RoleName="Reader")["PolicyNames"], ["send"])
    root.attach_role_policy(RoleName="Reader", PolicyArn=READ_ONLY)
    equal(root.list_attached_role_policies(RoleName="Reader")["AttachedPolicies"][0]["PolicyArn"], READ_ONLY)
    root.put_role_permissions_boundary(RoleName="Reader", PermissionsBoundary=READ_ONLY)
    equal(root.list_entities_for_policy(PolicyArn=READ_ONLY)["PolicyRoles"][0]["RoleName"], "Reader")
    actions = ["sqs:SendMessage", "iam:GetRole"]

    def decisions():
        results = root.simulate_principal_policy(PolicySourceArn=READER, ActionNames=actions)["EvaluationResults"]
        return [result["EvalDecision"] for result in results]

    equal(decisions(), ["implicitDeny", "allowed"])
    root.delete_role_permissions_boundary(RoleName="Reader")
    equal(decisions(), ["allowed", "allowed"])


def step_trust():
    """boto3: who is trusted is that very user, and not another of the same name"""
    root.delete_user(UserName="ann")
    equal(trusted(), made["user"]["UserId"])
    root.create_user(UserName="ann")
    equal(trusted(), made["user"]["UserId"])
    root.update_assume_role_policy(RoleName="Reader", PolicyDocument=json.dumps(made["trust"]))
    equal(trusted(), made["user"]["Arn"])
    nobody = f"arn:aws:iam::{ACCOUNT}:user/nobody"
    document = json.dumps(trust({"AWS": nobody}))
    code, message = refusal(root.update_assume_role_policy, RoleName="Reader", PolicyDocument=document)
    equal((code, message), ("MalformedPolicyDocument", f'Invalid principal in policy: "AWS":"{nobody}"'))


def step_instance_profile():
    """boto3: an instance profile is given the role, which cannot be deleted then"""
    profile = root.create_instance_profile(InstanceProfileName="web", Tags=[{"Key": "a", "Value": "1"}])
    equal(profile["InstanceProfile"]["Roles"], [])
    root.get_waiter("instance_profile_exists").wait(InstanceProfileName="web")
    root.add_role_to_instance_profile(InstanceProfileName="web", RoleName="Reader")
    found = root.get_instance_profile(InstanceProfileName="web")["InstanceProfile"]
    equal([role["Arn"] for role in found["Roles"]], [READER])
    equal(len(root.list_instance_profiles()["InstanceProfiles"]), 1)
    equal(len(root.list_instance_profiles_for_role(RoleName="Reader")["InstanceProfiles"]), 1)
    root.tag_instance_profile(InstanceProfileName="web", Tags=[{"Key": "A", "Value": "2"}])
    root.untag_instance_profile(InstanceProfileName="web", TagKeys=["a"])
    equal(root.list_instance_profile_tags(InstanceProfileName="web")["Tags"], [{"Key": "A", "Value": "2"}])
    code, message = refusal(root.delete_role, RoleName="Reader")
    equal((code, message), ("DeleteConflict", "Cannot delete entity, must remove roles from instance profile first."))


def step_delete():
    """boto3: everything of a role is taken away in the order that IAM wants"""
    root.remove_role_from_instance_profile(InstanceProfileName="web", RoleName="Reader")
    root.delete_instance_profile(InstanceProfileName="web")
    root.detach_role_policy(RoleName="Reader", PolicyArn=READ_ONLY)
    root.delete_role_policy(RoleName="Reader", PolicyName="send")
    root.delete_role(RoleName="Reader")
    equal((root.list_roles()["Roles"], root.list_instance_profiles()["InstanceProfiles"]), ([], []))


run_steps(globals())
