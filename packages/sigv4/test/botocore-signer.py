"""Signs a batch of requests with botocore: one JSON document on stdin, one on stdout.

In:  {"credentials": {"accessKeyId", "secretAccessKey"}, "service", "region",
      "requests": [{"form": "header" | "query", "method", "url", "headers": [[name, value]], "body": base64, "sessionToken"?, "expires"?}]}
Out: [{"url", "headers": [[name, value]]}] in the same order. botocore takes the time from the clock.
"""

import base64
import json
import sys

from botocore.auth import SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials


def sign(batch, entry):
    request = AWSRequest(method=entry["method"], url=entry["url"], data=base64.b64decode(entry["body"]))
    for name, value in entry["headers"]:
        request.headers[name] = value
    keys = batch["credentials"]
    credentials = Credentials(keys["accessKeyId"], keys["secretAccessKey"], entry.get("sessionToken"))
    if entry["form"] == "query":
        signer = SigV4QueryAuth(credentials, batch["service"], batch["region"], expires=entry["expires"])
    else:
        signer = SigV4Auth(credentials, batch["service"], batch["region"])
    signer.add_auth(request)
    return {"url": request.url, "headers": list(request.headers.items())}


def main():
    batch = json.load(sys.stdin)
    json.dump([sign(batch, entry) for entry in batch["requests"]], sys.stdout)


main()
