"""What the programs with boto3 have in common: their arguments, clients, and how they say what came of each step.

They are run with the URL of an endpoint and the number, key id and secret of the root user of a fresh account. Each function
whose name begins with `step_` is one step; its docstring is the requirement. For each one line of JSON is printed: `name`, and
`fault` if the step failed.
"""

import json
import sys
import traceback

try:
    import boto3
    from botocore.config import Config
except ImportError:
    sys.exit("boto3 is not there; install it with `npm run test:setup`")

URL, ACCOUNT, KEY_ID, SECRET = sys.argv[1:]


def session(key_id=KEY_ID, secret=SECRET):
    return boto3.Session(key_id, secret, region_name="us-east-1")


def client(service, *key):
    return session(*key).client(service, endpoint_url=URL, config=Config(retries={"total_max_attempts": 1}))


def equal(seen, expected):
    assert seen == expected, f"{seen!r} is not {expected!r}"


def run_steps(program):
    """Runs every step among the names of a program, in their order."""
    for name, step in list(program.items()):
        if name.startswith("step_"):
            result = {"name": step.__doc__}
            try:
                step()
            except Exception:
                result["fault"] = traceback.format_exc()
            print(json.dumps(result), flush=True)
