"""The story with boto3, unmodified: clients, resources, paginators, waiters and exceptions. Run as `steps.py` says."""

import datetime
import json
from unittest import mock

from steps import ACCOUNT, SECRET, URL, client, equal, run_steps, session

from botocore.exceptions import ClientError, ParamValidationError

ADMINISTRATOR_ACCESS = "arn:aws:iam::aws:policy/AdministratorAccess"

root = client("iam")
made = {}


def refusal(call, **parameters):
    try:
        call(**parameters)
    except ClientError as error:
        return error.response["Error"]["Code"], error.response["Error"]["Message"], status(error.response)
    raise AssertionError("the call was not refused")


def status(response):
    return response["ResponseMetadata"]["HTTPStatusCode"]


def step_make_administrator():
    """boto3: root makes a group, attaches AdministratorAccess, and makes a user with both kinds of access"""
    equal(client("sts").get_caller_identity()["Arn"], f"arn:aws:iam::{ACCOUNT}:root")
    group = root.create_group(GroupName="Administrators", Path="/staff/")["Group"]
    equal(group["Arn"], f"arn:aws:iam::{ACCOUNT}:group/staff/Administrators")
    assert abs(group["CreateDate"] - datetime.datetime.now(datetime.timezone.utc)) < datetime.timedelta(minutes=1)
    equal(status(root.attach_group_policy(GroupName="Administrators", PolicyArn=ADMINISTRATOR_ACCESS)), 200)
    user = root.create_user(UserName="alice", Tags=[{"Key": "team", "Value": "Zürich: 東京 + 1"}])["User"]
    equal(user["Tags"], [{"Key": "team", "Value": "Zürich: 東京 + 1"}])
    root.create_login_profile(UserName="alice", Password="Correct horse 9!")
    root.add_user_to_group(GroupName="Administrators", UserName="alice")
    made["key"] = root.create_access_key(UserName="alice")["AccessKey"]
    equal([user["UserName"] for user in root.get_group(GroupName="Administrators")["Users"]], ["alice"])


def alice(service):
    return client(service, made["key"]["AccessKeyId"], made["key"]["SecretAccessKey"])


def step_use_key():
    """boto3: the new key is allowed everything, and its last use can be asked for"""
    equal(alice("iam").get_user()["User"]["UserName"], "alice")
    used = root.get_access_key_last_used(AccessKeyId=made["key"]["AccessKeyId"])
    last = used["AccessKeyLastUsed"]
    equal((used["UserName"], last["ServiceName"], last["Region"]), ("alice", "iam", "us-east-1"))
    equal(alice("sts").get_caller_identity()["Arn"], f"arn:aws:iam::{ACCOUNT}:user/alice")


def step_resource():
    """boto3: the resource interface walks users, groups, policies and keys"""
    iam = session().resource("iam", endpoint_url=URL)
    bob = iam.create_user(UserName="bob", Path="/dev/")
    equal(bob.arn, f"arn:aws:iam::{ACCOUNT}:user/dev/bob")
    group = iam.Group("Administrators")
    group.add_user(UserName="bob")
    equal(sorted(user.name for user in group.users.all()), ["alice", "bob"])
    equal([policy.policy_name for policy in group.attached_policies.all()], ["AdministratorAccess"])
    equal([one.name for one in iam.User("alice").groups.all()], ["Administrators"])
    pair = bob.create_access_key_pair()
    equal(len(pair.secret), 40)
    equal([key.id for key in bob.access_keys.all()], [pair.id])
    pair.deactivate()
    equal([key.status for key in bob.access_keys.all()], ["Inactive"])
    pair.delete()
    group.remove_user(UserName="bob")
    equal(iam.AccountSummary().summary_map["Users"], 2)
    equal(iam.Policy(ADMINISTRATOR_ACCESS).default_version.document["Statement"][0]["Action"], "*")


def step_documents():
    """boto3: policy documents go in as text and come back as dict, whatever is in them"""
    document = {
        "Version": "2012-10-17",
        "Statement": [
            {"Sid": "One", "Effect": "Allow", "Action": ["iam:Get*", "iam:List*"], "Resource": "*"},
            {
                "Effect": "Deny",
                "Action": "s3:*",
                "Resource": "arn:aws:s3:::a b+c%20/${aws:username}/ü",
                "Condition": {"StringNotEquals": {"aws:PrincipalTag/team": ["a&b", "<c>"]}},
            },
        ],
    }
    text = json.dumps(document, ensure_ascii=False)
    root.put_user_policy(UserName="bob", PolicyName="inline", PolicyDocument=text)
    equal(root.get_user_policy(UserName="bob", PolicyName="inline")["PolicyDocument"], document)
    policy = root.create_policy(PolicyName="managed", PolicyDocument=text, Description="for “all” & <none>")["Policy"]
    equal(policy["DefaultVersionId"], "v1")
    equal(root.get_policy_version(PolicyArn=policy["Arn"], VersionId="v1")["PolicyVersion"]["Document"], document)
    details = root.get_account_authorization_details(Filter=["User", "LocalManagedPolicy"])
    inline = {user["UserName"]: user.get("UserPolicyList", []) for user in details["UserDetailList"]}
    equal(inline["bob"], [{"PolicyName": "inline", "PolicyDocument": document}])
    equal(details["Policies"][0]["PolicyVersionList"][0]["Document"], document)
    root.delete_policy(PolicyArn=policy["Arn"])


def step_tags():
    """boto3: tags are set, replaced, listed and removed"""
    root.tag_user(UserName="bob", Tags=[{"Key": "a", "Value": "1"}, {"Key": "b", "Value": ""}])
    root.tag_user(UserName="bob", Tags=[{"Key": "a", "Value": "2"}])
    equal(root.list_user_tags(UserName="bob")["Tags"], [{"Key": "a", "Value": "2"}, {"Key": "b", "Value": ""}])
    root.untag_user(UserName="bob", TagKeys=["a", "absent"])
    equal(root.get_user(UserName="bob")["User"]["Tags"], [{"Key": "b", "Value": ""}])


def step_pages():
    """boto3: paginators give everything once, whatever the size of the page"""
    for number in range(7):
        root.create_user(UserName=f"page-{number}", Path="/page/")
    names = [f"page-{number}" for number in range(7)]
    for size in (1, 3, 7, 100):
        pages = list(root.get_paginator("list_users").paginate(PathPrefix="/page/", PaginationConfig={"PageSize": size}))
        equal([user["UserName"] for page in pages for user in page["Users"]], names)
        equal(len(pages), -(-7 // size))
    first = root.get_paginator("list_users").paginate(PaginationConfig={"MaxItems": 4, "PageSize": 3})
    assert len(first.build_full_result()["Users"]) == 4
    policies = root.get_paginator("list_policies").paginate(Scope="AWS", PaginationConfig={"PageSize": 1000})
    arns = [policy["Arn"] for page in policies for policy in page["Policies"]]
    assert len(arns) > 1000 and len(set(arns)) == len(arns) and ADMINISTRATOR_ACCESS in arns, len(arns)
    for name in names:
        root.delete_user(UserName=name)


def step_waiters():
    """boto3: waiters return for what is there and give up on what is not"""
    root.get_waiter("user_exists").wait(UserName="alice")
    waiter = root.get_waiter("user_exists")
    try:
        waiter.wait(UserName="nobody", WaiterConfig={"Delay": 0, "MaxAttempts": 2})
    except Exception as error:
        assert "Max attempts exceeded" in str(error), error
    else:
        raise AssertionError("the waiter found nobody")


def step_exceptions():
    """boto3: refusals are the exceptions of the client, with AWS's code, sentence and status"""
    errors = root.exceptions
    for expected, code, call, parameters in (
        (errors.NoSuchEntityException, 404, root.get_user, {"UserName": "nobody"}),
        (errors.EntityAlreadyExistsException, 409, root.create_user, {"UserName": "Alice"}),
        (errors.DeleteConflictException, 409, root.delete_user, {"UserName": "alice"}),
        (errors.MalformedPolicyDocumentException, 400, root.put_user_policy, {"UserName": "bob", "PolicyName": "p", "PolicyDocument": "{"}),
        (errors.PasswordPolicyViolationException, 400, root.create_login_profile, {"UserName": "bob", "Password": "short"}),
        (errors.LimitExceededException, 409, one_key_too_many, {}),
    ):
        try:
            call(**parameters)
        except expected as error:
            equal(status(error.response), code)
            equal(error.response["Error"]["Type"], "Sender")
            assert error.response["ResponseMetadata"]["RequestId"]
        else:
            raise AssertionError(f"{expected.__name__} was not raised")
    code, message, _ = refusal(root.create_user, UserName="bad name")
    equal((code, message), ("ValidationError", "The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-"))
    try:
        root.create_user()
    except ParamValidationError:
        return
    raise AssertionError("boto3 has sent a call without its required member")


def one_key_too_many():
    for _ in range(3):
        root.create_access_key(UserName="bob")


def step_wrong_signers():
    """boto3: wrong secret, unknown key, expired and future signatures are refused with AWS's codes"""
    code, _, http = refusal(client("sts", made["key"]["AccessKeyId"], SECRET).get_caller_identity)
    equal((code, http), ("SignatureDoesNotMatch", 403))
    code, _, http = refusal(client("sts", "AKIAIOSFODNN7EXAMPLE", SECRET).get_caller_identity)
    equal((code, http), ("InvalidClientTokenId", 403))
    for minutes, sentence in ((-16, "Signature expired: "), (16, "Signature not yet current: ")):
        moved = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes)
        with mock.patch("botocore.auth.get_current_datetime", return_value=moved.replace(tzinfo=None)):
            code, message, http = refusal(alice("sts").get_caller_identity)
        equal((code, http), ("SignatureDoesNotMatch", 403))
        assert message.startswith(sentence + moved.strftime("%Y%m%dT%H%M")), message


def step_detach():
    """boto3: after detaching, the key still knows who it is and may do nothing, in AWS's sentence"""
    root.detach_group_policy(GroupName="Administrators", PolicyArn=ADMINISTRATOR_ACCESS)
    code, message, http = refusal(alice("iam").list_users)
    equal((code, http), ("AccessDenied", 403))
    equal(
        message,
        f"User: arn:aws:iam::{ACCOUNT}:user/alice is not authorized to perform: iam:ListUsers on resource: "
        f"arn:aws:iam::{ACCOUNT}:user/ because no identity-based policy allows the iam:ListUsers action",
    )
    deny = {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}
    root.put_user_policy(UserName="alice", PolicyName="deny", PolicyDocument=json.dumps(deny))
    _, message, _ = refusal(alice("iam").list_users)
    assert message.endswith("with an explicit deny in an identity-based policy"), message
    equal(alice("sts").get_caller_identity()["Arn"], f"arn:aws:iam::{ACCOUNT}:user/alice")


def step_take_away():
    """boto3: everything is taken away in the order that IAM wants, and the deleted key is unknown"""
    root.delete_access_key(UserName="alice", AccessKeyId=made["key"]["AccessKeyId"])
    equal(refusal(alice("sts").get_caller_identity)[0], "InvalidClientTokenId")
    root.delete_user_policy(UserName="alice", PolicyName="deny")
    root.delete_login_profile(UserName="alice")
    root.remove_user_from_group(GroupName="Administrators", UserName="alice")
    root.delete_user_policy(UserName="bob", PolicyName="inline")
    for key in root.list_access_keys(UserName="bob")["AccessKeyMetadata"]:
        root.delete_access_key(UserName="bob", AccessKeyId=key["AccessKeyId"])
    for name in ("alice", "bob"):
        root.delete_user(UserName=name)
    root.delete_group(GroupName="Administrators")
    equal((root.list_users()["Users"], root.list_groups()["Groups"]), ([], []))


run_steps(globals())
