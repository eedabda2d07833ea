"""An account on loopback: a moto server, and what tests do to it. One JSON request on each line of standard input, one
JSON answer on each line of standard output; it ends with its input.

    {"call": ["iam", "create_role", {...}]}        an API call
    {"refusals": [["iam", "create_policy", {...}]]}  many API calls; answers for each its error, or null
    {"run": document, "arguments": {...}}           an automation; answers what `automation.run` does
    {"fault": {"operation", "error", "times"?, "argument"?}}   makes calls fail, all until `times` is used up;
                                                               those with the error null seem to succeed
    {"inputs": ["iam", "create_role"]}              the names of an operation's inputs, as the service model has them
    {"calls": true}                                 the calls since the last such request, and mends all faults
"""

import json
import logging
import os
import sys
import time
from urllib.parse import unquote_plus

os.environ.update(
    MOTO_IAM_LOAD_MANAGED_POLICIES="true",
    AWS_ACCESS_KEY_ID="test",
    AWS_SECRET_ACCESS_KEY="test",
    AWS_DEFAULT_REGION="eu-west-1",
)
os.environ.pop("AWS_PROFILE", None)

import boto3  # noqa: E402
import botocore.endpoint  # noqa: E402
from botocore.awsrequest import AWSResponse  # noqa: E402
from botocore.exceptions import ClientError  # noqa: E402
from moto.server import ThreadedMotoServer  # noqa: E402

import automation  # noqa: E402

calls, faults, waits = [], [], []
clients = {}


class Clock:
    """Retries wait for seconds; here they only say how long."""

    def __getattr__(self, name):
        return waits.append if name == "sleep" else getattr(time, name)


def note(params, model, **_):
    calls.append({"service": model.service_model.service_name, "operation": model.name, "params": params})


def fail(request, event_name, **_):
    operation = event_name.split(".")[-1]
    body = request.body or ""
    body = unquote_plus(body if isinstance(body, str) else body.decode())
    for fault in faults:
        if fault["operation"] == operation and fault["times"] > 0 and fault.get("argument", "") in body:
            fault["times"] -= 1
            taken = fault["error"] is None  # and nothing is done
            response = AWSResponse(request.url, 200 if taken else 400, {}, None)
            error = f"<Error><Type>Sender</Type><Code>{fault['error']}</Code><Message>made to fail</Message></Error>"
            response._content = (
                f"<{operation}Response/>" if taken else f"<ErrorResponse>{error}</ErrorResponse>"
            ).encode()
            return response
    return None


def refusal_of(service, operation, parameters):
    try:
        if service not in clients:
            clients[service] = boto3.client(service)
        getattr(clients[service], operation)(**parameters)
    except ClientError as error:
        return error.response["Error"]["Message"]
    return None


def answer(request):
    if "refusals" in request:
        refusals = [refusal_of(*call) for call in request["refusals"]]
        calls.clear()
        return refusals
    if "call" in request:
        service, operation, parameters = request["call"]
        result = getattr(boto3.client(service), operation)(**parameters)
        calls.clear()
        return result
    if "run" in request:
        return automation.run(request["run"], request["arguments"])
    if "inputs" in request:
        service, operation = request["inputs"]
        client = boto3.client(service)
        model = client.meta.service_model.operation_model(client.meta.method_to_api_mapping[operation])
        return list(model.input_shape.members)
    if "fault" in request:
        faults.append({"times": 10**6, **request["fault"]})
        return {}
    seen = {"calls": list(calls), "waits": len(waits)}
    for memory in (calls, faults, waits):
        memory.clear()
    return seen


def main():
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    replies, sys.stdout = sys.stdout, sys.stderr  # the server talks
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    os.environ["AWS_ENDPOINT_URL"] = "http://{}:{}".format(*server.get_host_and_port())
    boto3.setup_default_session()
    events = boto3.DEFAULT_SESSION.events
    events.register("before-parameter-build", note)
    events.register("before-send.iam", fail)
    botocore.endpoint.time = Clock()
    for line in sys.stdin:
        try:
            reply = {"answer": answer(json.loads(line))}
        except Exception as error:
            reply = {"error": f"{type(error).__name__}: {error}"}
        replies.write(json.dumps(reply, default=str) + "\n")
        replies.flush()
    server.stop()


main()
