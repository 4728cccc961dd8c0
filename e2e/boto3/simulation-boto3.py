"""Permissions boundaries and the policy simulator with boto3, unmodified. Run as `steps.py` says."""

import json

from steps import ACCOUNT, client, equal, run_steps

from botocore.exceptions import ClientError

BUCKET = "arn:aws:s3:::bucket"

root = client("iam")
made = {}


def document(**parts):
    statement = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", **parts}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def decisions(response):
    return {result["EvalActionName"]: result["EvalDecision"] for result in response["EvaluationResults"]}


def step_custom():
    """boto3: simulate_custom_policy answers decision, statements, positions and missing values in the documented shape"""
    condition = {"StringEquals": {"aws:PrincipalTag/team": "core"}}
    policies = [document(Resource=f"{BUCKET}/*", Condition=condition)]
    asked = {"PolicyInputList": policies, "ActionNames": ["s3:GetObject"], "ResourceArns": [f"{BUCKET}/a", f"{BUCKET}/b"]}
    (result,) = root.simulate_custom_policy(**asked)["EvaluationResults"]
    equal(result["EvalDecision"], "implicitDeny")
    equal(result["MissingContextValues"], ["aws:PrincipalTag/team"])
    equal(result["EvalResourceName"], "arn:aws:s3:::${BucketName}/${KeyName}")
    equal(result["EvalDecisionDetails"], {})
    equal([one["EvalResourceName"] for one in result["ResourceSpecificResults"]], asked["ResourceArns"])
    entry = {"ContextKeyName": "aws:PrincipalTag/team", "ContextKeyType": "string", "ContextKeyValues": ["core"]}
    (result,) = root.simulate_custom_policy(**asked, ContextEntries=[entry])["EvaluationResults"]
    equal(result["EvalDecision"], "allowed")
    (statement,) = result["MatchedStatements"]
    equal((statement["SourcePolicyId"], statement["SourcePolicyType"]), ("PolicyInputList.1", "IAM Policy"))
    equal(statement["StartPosition"]["Line"], 1)
    lines = policies[0]
    start, end = statement["StartPosition"]["Column"] - 1, statement["EndPosition"]["Column"] - 1
    equal(json.loads(lines[start:end])["Action"], "s3:GetObject")


def step_paginator():
    """boto3: the paginator of simulate_custom_policy goes through all actions, in order"""
    actions = [f"s3:Action{number}" for number in range(7)]
    pages = root.get_paginator("simulate_custom_policy").paginate(
        PolicyInputList=[document(Action="s3:*")], ActionNames=actions, PaginationConfig={"PageSize": 3}
    )
    names = [[result["EvalActionName"] for result in page["EvaluationResults"]] for page in pages]
    equal(names, [actions[0:3], actions[3:6], actions[6:7]])


def step_context_keys():
    """boto3: get_context_keys_for_custom_policy names the keys of conditions and variables"""
    keys = root.get_context_keys_for_custom_policy(
        PolicyInputList=[document(Resource=f"{BUCKET}/${{aws:username}}", Condition={"Bool": {"aws:SecureTransport": "true"}})]
    )["ContextKeyNames"]
    equal(sorted(keys), ["aws:SecureTransport", "aws:username"])


def step_boundary():
    """boto3: a user is made under a boundary, which get_user and get_policy show"""
    made["limit"] = root.create_policy(PolicyName="limit", PolicyDocument=document(Action=["iam:Get*", "s3:*"]))["Policy"]["Arn"]
    user = root.create_user(UserName="ann", Path="/dev/", PermissionsBoundary=made["limit"])["User"]
    boundary = {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": made["limit"]}
    equal(user["PermissionsBoundary"], boundary)
    equal(root.get_user(UserName="ann")["User"]["PermissionsBoundary"], boundary)
    equal(root.get_policy(PolicyArn=made["limit"])["Policy"]["PermissionsBoundaryUsageCount"], 1)
    root.put_user_policy(UserName="ann", PolicyName="all", PolicyDocument=document(Action="*"))
    key = root.create_access_key(UserName="ann")["AccessKey"]
    made["ann"] = client("iam", key["AccessKeyId"], key["SecretAccessKey"])
    made["arn"] = user["Arn"]


def called(call):
    try:
        call()
    except ClientError as error:
        equal(error.response["Error"]["Code"], "AccessDenied")
        return error.response["Error"]["Message"]
    return None


def step_doors_agree():
    """boto3: what the simulator says of the user is what happens to the user's calls"""
    actions = ["iam:GetUser", "iam:ListUsers"]
    for before in (True, False):
        said = decisions(root.simulate_principal_policy(PolicySourceArn=made["arn"], ActionNames=actions))
        equal(said, {"iam:GetUser": "allowed", "iam:ListUsers": "implicitDeny" if before else "allowed"})
        equal(called(made["ann"].get_user), None)
        message = called(made["ann"].list_users)
        if not before:
            equal(message, None)
            return
        assert message.endswith("because no permissions boundary allows the iam:ListUsers action"), message
        (result,) = root.simulate_principal_policy(PolicySourceArn=made["arn"], ActionNames=actions[1:])["EvaluationResults"]
        equal(result["PermissionsBoundaryDecisionDetail"], {"AllowedByPermissionsBoundary": False})
        root.delete_user_permissions_boundary(UserName="ann")


def step_principal():
    """boto3: simulate_principal_policy names the policies of the user, and takes more and other ones"""
    root.put_user_permissions_boundary(UserName="ann", PermissionsBoundary=made["limit"])
    (result,) = root.simulate_principal_policy(PolicySourceArn=made["arn"], ActionNames=["s3:GetObject"])["EvaluationResults"]
    equal([one["SourcePolicyId"] for one in result["MatchedStatements"]], ["user_ann_all"])
    deny = document(Effect="Deny", Action="s3:*")
    denied = root.simulate_principal_policy(PolicySourceArn=made["arn"], ActionNames=["s3:GetObject"], PolicyInputList=[deny])
    equal(decisions(denied), {"s3:GetObject": "explicitDeny"})
    wide = root.simulate_principal_policy(
        PolicySourceArn=made["arn"], ActionNames=["iam:ListUsers"], PermissionsBoundaryPolicyInputList=[document(Action="*")]
    )
    equal(decisions(wide), {"iam:ListUsers": "allowed"})
    keys = root.get_context_keys_for_principal_policy(PolicySourceArn=made["arn"])["ContextKeyNames"]
    equal(keys, [])


def step_refusals():
    """boto3: what cannot be simulated is refused with AWS's exceptions and sentences"""
    try:
        root.simulate_custom_policy(PolicyInputList=["{"], ActionNames=["s3:GetObject"])
    except root.exceptions.InvalidInputException as error:
        equal(error.response["Error"]["Message"], "Policy input list item 1 has invalid content")
    else:
        raise AssertionError("a policy that is no JSON was simulated")
    try:
        root.simulate_principal_policy(PolicySourceArn=f"arn:aws:iam::{ACCOUNT}:user/nobody", ActionNames=["s3:GetObject"])
    except root.exceptions.NoSuchEntityException as error:
        equal(error.response["Error"]["Message"], "Unable to retrieve specified IAM entity.")
    else:
        raise AssertionError("nobody was simulated")


run_steps(globals())
