"""moto's access control, asked as its servers ask it: every policy is read anew for every call. Speaks as the other programs do."""

import json
import statistics
import sys
import time

from moto.iam.access_control import IAMPolicy, PermissionResult

CLOCK_READINGS = 1000


def main():
    job = json.load(sys.stdin)
    workload, seconds = job["workload"], job["seconds"]
    policies = [{"policy_document": json.dumps(policy)} for policy in workload["policies"]]
    questions = workload["questions"]
    wrong = [question for question in questions if answer(policies, question) != question["isAllowed"]]
    if wrong:
        told = [f"{question['action']} {question['resource']}" for question in wrong]
        print(json.dumps({"kind": "differs", "wrong": told}))
        return
    decide_for(seconds, policies, questions)
    per_second, times = decide_for(seconds, policies, questions)
    clock = [-time.perf_counter_ns() + time.perf_counter_ns() for _ in range(CLOCK_READINGS)]
    figures = {
        "decisionsPerSecond": per_second,
        "p50Ns": percentile(times, 0.5),
        "p99Ns": percentile(times, 0.99),
        "clockNs": statistics.median(clock),
        # Nothing is compiled; the text is read with every decision.
        "compileMs": 0,
    }
    print(json.dumps({"kind": "measured", "figures": figures}))


def answer(policies, question):
    try:
        return is_permitted(policies, question["action"], question["resource"])
    except Exception as failure:  # What it cannot read it does not answer as iamd does.
        return failure


def is_permitted(policies, action, resource):
    """The loop of moto's IAMRequestBase.check_action_permitted, without signatures and roles."""
    permitted = False
    for policy in policies:
        result = IAMPolicy(policy).is_action_permitted(action, resource)
        if result == PermissionResult.DENIED:
            return False
        permitted = permitted or result == PermissionResult.PERMITTED
    return permitted


def decide_for(seconds, policies, questions):
    times = []
    start = time.perf_counter_ns()
    while time.perf_counter_ns() - start < seconds * 1e9:
        for question in questions:
            before = time.perf_counter_ns()
            is_permitted(policies, question["action"], question["resource"])
            times.append(time.perf_counter_ns() - before)
    return len(times) / ((time.perf_counter_ns() - start) / 1e9), sorted(times)


def percentile(times, share):
    return times[int(share * (len(times) - 1))]


main()
