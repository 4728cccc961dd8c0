"""MFA devices and service-specific credentials with boto3, unmodified. Run as `steps.py` says."""

import base64
import hashlib
import hmac
import time

from steps import ACCOUNT, client, equal, run_steps

root = client("iam")
PHONE = f"arn:aws:iam::{ACCOUNT}:mfa/phones/Phone"
made = {}


def codes(later=0):
    """Two codes in a row as an authenticator app shows them (RFC 6238), so many steps of 30 seconds after the first ones."""
    made.setdefault("step", int(time.time()) // 30)
    steps = [made["step"] + later, made["step"] + later + 1]
    return dict(zip(("AuthenticationCode1", "AuthenticationCode2"), map(code, steps)))


def code(step):
    digest = hmac.digest(base64.b32decode(made["seed"]), step.to_bytes(8, "big"), hashlib.sha1)
    start = digest[-1] & 15
    return str((int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF) % 1_000_000).zfill(6)


def refused(exception, call, **parameters):
    try:
        call(**parameters)
    except exception:
        return
    raise AssertionError("the call was not refused")


def step_make():
    """boto3: a virtual device comes with a seed in base32 and a picture as PNG, and is nobody's"""
    root.create_user(UserName="ann")
    device = root.create_virtual_mfa_device(VirtualMFADeviceName="Phone", Path="/phones/")["VirtualMFADevice"]
    equal(device["SerialNumber"], PHONE)
    made["seed"] = device["Base32StringSeed"].decode("ascii")
    equal(len(base64.b32decode(made["seed"])), 40)
    equal(device["QRCodePNG"][:8], b"\x89PNG\r\n\x1a\n")
    equal(root.list_virtual_mfa_devices(AssignmentStatus="Unassigned")["VirtualMFADevices"], [{"SerialNumber": PHONE}])


def step_enable():
    """boto3: wrong codes are refused, two codes in a row enable the device, and it is listed as the user's"""
    device = {"UserName": "ann", "SerialNumber": PHONE}
    wrong = {"AuthenticationCode1": code(1), "AuthenticationCode2": code(1)}
    refused(root.exceptions.InvalidAuthenticationCodeException, root.enable_mfa_device, **device, **wrong)
    root.enable_mfa_device(**device, **codes())
    refused(root.exceptions.EntityAlreadyExistsException, root.enable_mfa_device, **device, **codes(2))
    (listed,) = root.list_mfa_devices(UserName="ann")["MFADevices"]
    equal((listed["UserName"], listed["SerialNumber"]), ("ann", PHONE))
    equal(root.get_mfa_device(**device)["EnableDate"], listed["EnableDate"])
    (virtual,) = root.get_paginator("list_virtual_mfa_devices").paginate().build_full_result()["VirtualMFADevices"]
    equal(virtual["User"]["UserName"], "ann")
    summary = root.get_account_summary()["SummaryMap"]
    equal([summary[key] for key in ("MFADevices", "MFADevicesInUse", "AccountMFAEnabled")], [1, 1, 0])


def step_resync_and_tags():
    """boto3: a device is synchronised with codes that were not used, and tagged"""
    device = {"UserName": "ann", "SerialNumber": PHONE}
    refused(root.exceptions.InvalidAuthenticationCodeException, root.resync_mfa_device, **device, **codes(1))
    root.resync_mfa_device(**device, **codes(2))
    root.tag_mfa_device(SerialNumber=PHONE, Tags=[{"Key": "b", "Value": "1"}, {"Key": "a", "Value": ""}])
    root.untag_mfa_device(SerialNumber=PHONE, TagKeys=["b"])
    equal(root.list_mfa_device_tags(SerialNumber=PHONE)["Tags"], [{"Key": "a", "Value": ""}])


def step_remove():
    """boto3: a device in use keeps itself and its user from being deleted; deactivated it does not"""
    conflict = root.exceptions.DeleteConflictException
    refused(conflict, root.delete_virtual_mfa_device, SerialNumber=PHONE)
    refused(conflict, root.delete_user, UserName="ann")
    root.deactivate_mfa_device(UserName="ann", SerialNumber=PHONE)
    root.delete_virtual_mfa_device(SerialNumber=PHONE)
    equal(root.list_virtual_mfa_devices()["VirtualMFADevices"], [])


def step_service_credentials():
    """boto3: a password for Git and a key for models are made, reset, switched off, listed and deleted"""
    git = root.create_service_specific_credential(UserName="ann", ServiceName="codecommit.amazonaws.com")
    git = git["ServiceSpecificCredential"]
    equal((git["ServiceUserName"], len(git["ServicePassword"])), (f"ann-at-{ACCOUNT}", 60))
    key = root.create_service_specific_credential(
        UserName="ann", ServiceName="bedrock.amazonaws.com", CredentialAgeDays=30
    )["ServiceSpecificCredential"]
    alias, _ = base64.b64decode(key["ServiceCredentialSecret"].removeprefix("ABSK")).split(b":")
    equal((key["ExpirationDate"] - key["CreateDate"]).days, 30)
    equal(alias.decode(), key["ServiceCredentialAlias"])
    ids = [one["ServiceSpecificCredentialId"] for one in (git, key)]
    reset = root.reset_service_specific_credential(UserName="ann", ServiceSpecificCredentialId=ids[0])
    assert reset["ServiceSpecificCredential"]["ServicePassword"] != git["ServicePassword"]
    root.update_service_specific_credential(UserName="ann", ServiceSpecificCredentialId=ids[1], Status="Inactive")
    listed = root.list_service_specific_credentials(AllUsers=True)["ServiceSpecificCredentials"]
    equal({one["ServiceSpecificCredentialId"]: one["Status"] for one in listed}, dict(zip(ids, ("Active", "Inactive"))))
    refused(root.exceptions.DeleteConflictException, root.delete_user, UserName="ann")
    for credential in ids:
        root.delete_service_specific_credential(UserName="ann", ServiceSpecificCredentialId=credential)
    root.delete_user(UserName="ann")


run_steps(globals())
