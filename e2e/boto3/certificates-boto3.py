"""SSH public keys, signing certificates and server certificates with boto3, unmodified. Run as `steps.py` says."""

import base64
import datetime
import hashlib
import pathlib
import struct

from steps import ACCOUNT, client, equal, run_steps

from botocore.exceptions import ClientError

FIXTURES = pathlib.Path(__file__).parent.parent / "fixtures" / "tls"
CERTIFICATE = (FIXTURES / "first.crt").read_text()
PRIVATE_KEY = (FIXTURES / "first.key").read_text()
OTHER_KEY = (FIXTURES / "second.key").read_text()

iam = client("iam")


def refusal(call, **parameters):
    try:
        call(**parameters)
    except ClientError as error:
        return error.response["Error"]["Code"]
    raise AssertionError("the call was not refused")


def ssh_blob():
    """A key of 2048 bits in SSH's own form: the type, the exponent, and a number that starts with a zero byte and is odd."""
    modulus = b"\0" + b"\xff" * 256
    return b"".join(struct.pack(">I", len(text)) + text for text in (b"ssh-rsa", b"\1\0\1", modulus))


def step_ssh_public_keys():
    """boto3: an SSH public key is uploaded, got in both encodings, made inactive, listed and deleted"""
    iam.create_user(UserName="carla")
    line = "ssh-rsa " + base64.b64encode(ssh_blob()).decode()
    key = iam.upload_ssh_public_key(UserName="carla", SSHPublicKeyBody=line + " carla@example.com\n")["SSHPublicKey"]
    equal(key["SSHPublicKeyBody"], line)
    equal(key["Fingerprint"].replace(":", ""), hashlib.md5(ssh_blob()).hexdigest())
    equal(refusal(iam.upload_ssh_public_key, UserName="carla", SSHPublicKeyBody=line), "DuplicateSSHPublicKey")
    whose = {"UserName": "carla", "SSHPublicKeyId": key["SSHPublicKeyId"]}
    pem = iam.get_ssh_public_key(**whose, Encoding="PEM")["SSHPublicKey"]["SSHPublicKeyBody"]
    assert pem.startswith("-----BEGIN PUBLIC KEY-----\n"), pem
    iam.update_ssh_public_key(**whose, Status="Inactive")
    keys = list(iam.get_paginator("list_ssh_public_keys").paginate(UserName="carla").search("SSHPublicKeys[]"))
    equal([(one["SSHPublicKeyId"], one["Status"]) for one in keys], [(key["SSHPublicKeyId"], "Inactive")])
    equal(refusal(iam.delete_user, UserName="carla"), "DeleteConflict")
    iam.delete_ssh_public_key(**whose)
    equal(refusal(iam.get_ssh_public_key, **whose, Encoding="SSH"), "NoSuchEntity")


def step_signing_certificates():
    """boto3: a signing certificate is uploaded, made inactive, listed and deleted"""
    certificate = iam.upload_signing_certificate(UserName="carla", CertificateBody=CERTIFICATE)["Certificate"]
    equal((certificate["UserName"], certificate["Status"]), ("carla", "Active"))
    whose = {"UserName": "carla", "CertificateId": certificate["CertificateId"]}
    iam.update_signing_certificate(**whose, Status="Inactive")
    listed = iam.list_signing_certificates(UserName="carla")["Certificates"]
    equal(listed, [{**certificate, "Status": "Inactive"}])
    equal(refusal(iam.upload_signing_certificate, CertificateBody=CERTIFICATE), "DuplicateCertificate")
    iam.delete_signing_certificate(**whose)
    equal(iam.list_signing_certificates(UserName="carla")["Certificates"], [])
    iam.delete_user(UserName="carla")


def step_server_certificates():
    """boto3: a server certificate is uploaded with tags, got without its key, renamed, tagged, listed and deleted"""
    material = {"CertificateBody": CERTIFICATE, "PrivateKey": PRIVATE_KEY}
    tags = [{"Key": "team", "Value": "web"}]
    made = iam.upload_server_certificate(ServerCertificateName="site", Path="/web/", Tags=tags, **material)
    equal(made["Tags"], tags)
    metadata = made["ServerCertificateMetadata"]
    equal(metadata["Arn"], f"arn:aws:iam::{ACCOUNT}:server-certificate/web/site")
    assert metadata["Expiration"] > datetime.datetime.now(datetime.timezone.utc)
    got = iam.get_server_certificate(ServerCertificateName="site")["ServerCertificate"]
    equal(got, {"ServerCertificateMetadata": metadata, "CertificateBody": CERTIFICATE, "Tags": tags})
    iam.update_server_certificate(ServerCertificateName="site", NewServerCertificateName="shop", NewPath="/")
    iam.tag_server_certificate(ServerCertificateName="shop", Tags=[{"Key": "area", "Value": "eu"}])
    iam.untag_server_certificate(ServerCertificateName="shop", TagKeys=["team"])
    equal(iam.list_server_certificate_tags(ServerCertificateName="shop")["Tags"], [{"Key": "area", "Value": "eu"}])
    names = iam.get_paginator("list_server_certificates").paginate().search("ServerCertificateMetadataList[]")
    equal([one["ServerCertificateName"] for one in names], ["shop"])
    equal(iam.get_account_summary()["SummaryMap"]["ServerCertificates"], 1)
    iam.delete_server_certificate(ServerCertificateName="shop")
    equal(refusal(iam.get_server_certificate, ServerCertificateName="shop"), "NoSuchEntity")


def step_refusals():
    """boto3: material that is wrong is refused with the code that AWS has for it"""
    material = {"ServerCertificateName": "bad", "CertificateBody": CERTIFICATE, "PrivateKey": PRIVATE_KEY}
    upload = iam.upload_server_certificate
    equal(refusal(upload, **{**material, "PrivateKey": OTHER_KEY}), "KeyPairMismatch")
    equal(refusal(upload, **{**material, "CertificateBody": "file://site.pem"}), "MalformedCertificate")
    equal(refusal(upload, **material, CertificateChain=CERTIFICATE.replace("M", "N", 1)), "MalformedCertificate")
    equal(refusal(iam.upload_signing_certificate, CertificateBody="text"), "MalformedCertificate")
    iam.create_user(UserName="dan")
    ssh = {"UserName": "dan", "SSHPublicKeyBody": "ssh-rsa AAAA"}
    equal(refusal(iam.upload_ssh_public_key, **ssh), "InvalidPublicKey")
    ssh["SSHPublicKeyBody"] = "ssh-ed25519 AAAA"
    equal(refusal(iam.upload_ssh_public_key, **ssh), "UnrecognizedPublicKeyEncoding")


run_steps(globals())
