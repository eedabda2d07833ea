"""An AWS account on loopback for `patchpath audit`: real HTTP in AWS's protocols, by botocore's service models, with moto behind
it and answers of the tests for what moto lacks. The protocol of standard input is that of ../../components/remediation/emulator:
one JSON request on each line, one JSON answer on each line; it ends with its input. The first line that it writes is its URL.

    {"call": ["ec2", "create_vpc", {...}, "eu-west-1"]}   a call of moto's, to create something
    {"reset": true}                                       an empty account, without even a default VPC
    {"seed": [{"type", "name", "props"}...], "region"}     creates the resources of a stack (seed.py)
    {"answers": {"ssm:DescribeInstanceInformation": {...}}}  what an operation answers, in the shapes of AWS's API
    {"page": 2}                                           how many items a page of a list has; "asked": as many as asked for
    {"fault": {"action", "code"?, "status"?, "truncate"?, "times"?}}  makes an operation fail
    {"calls": true}                                       the operations since the last such request; ends all faults
"""

import functools
import json
import os
import re
import sys
import threading
import urllib.parse
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# The images of the tests are their own; moto's would be made anew for each region after each reset, by half of the CPU time.
os.environ.update(
    MOTO_IAM_LOAD_MANAGED_POLICIES="true", MOTO_EC2_LOAD_DEFAULT_AMIS="false", AWS_DEFAULT_REGION="eu-west-1"
)
os.environ.pop("AWS_PROFILE", None)

import boto3  # noqa: E402
import botocore.session  # noqa: E402
from botocore import xform_name  # noqa: E402
from botocore.config import Config  # noqa: E402
from botocore.exceptions import ClientError, ParamValidationError  # noqa: E402
from moto import mock_aws  # noqa: E402
from moto.core import responses  # noqa: E402
from moto.core.parse import PROTOCOL_PARSERS  # noqa: E402
from moto.core.serialize import get_serializer_class  # noqa: E402
from moto.core.utils import get_service_model  # noqa: E402
from moto.iam.models import IAMBackend  # noqa: E402
from werkzeug.datastructures import MultiDict  # noqa: E402

import seed  # noqa: E402

models = botocore.session.get_session()
lock = threading.RLock()
moto = mock_aws()
calls, faults, answers, page_size = [], [], {}, [None]
clients, parsed_models, tasks = {}, {}, {}
read_policies, policies = IAMBackend._init_aws_policies, {}


def kept_policies(backend):
    """AWS's managed policies, which moto reads anew for each partition after each reset: two seconds of CPU."""
    if backend.partition not in policies:
        policies[backend.partition] = read_policies(backend)
    return policies[backend.partition]


IAMBackend._init_aws_policies = kept_policies
# moto lists the methods of a class for each call.
responses.method_names_from_class = functools.cache(responses.method_names_from_class)


def client(service, region, key="test"):
    if (service, region, key) not in clients:
        made = clients[service, region, key] = boto3.client(
            service,
            region_name=region,
            aws_access_key_id=key,
            aws_secret_access_key="test",
            config=Config(retries={"max_attempts": 0}),
        )
        if service == "ssm":
            task = "ssm.RegisterTaskWithMaintenanceWindow"
            made.meta.events.register(f"provide-client-params.{task}", lambda params, context, **_: context.update(task=params))
            made.meta.events.register(f"after-call.{task}", keep_task)
    return clients[service, region, key]


def keep_task(parsed, context, **_):
    """moto has no GetMaintenanceWindowTask, and forgets the parameters of a task."""
    found = {k: v for k, v in context["task"].items() if k in ("WindowId", "TaskArn", "TaskType", "Targets", "Name")}
    found.update(WindowTaskId=parsed["WindowTaskId"])
    found.update(TaskInvocationParameters=context["task"].get("TaskInvocationParameters", {}))
    tasks[parsed["WindowTaskId"]] = found


def model_of(service):
    if service not in parsed_models:
        model = get_service_model(service)
        try:
            paginators = models.get_paginator_model(service)._paginator_config
        except Exception:
            paginators = {}
        routes = []
        for name in model.operation_names:
            http = model.operation_model(name).http
            path, _, query = http["requestUri"].partition("?")
            pattern = re.sub(r"\\\{\w+\\\+\\\}", "(.+)", re.sub(r"\\\{\w+\\\}", "([^/]+)", re.escape(path)))
            names = re.findall(r"\{(\w+)\+?\}", path)
            routes.append((http["method"], re.compile(pattern + "/?$"), query, names, name))
        parsed_models[service] = (model, paginators, routes)
    return parsed_models[service]


class Fault(Exception):
    def __init__(self, code, status, message="made to fail"):
        self.code, self.status, self.message = code, status, message


def parse(service, handler, body):
    model, _, routes = model_of(service)
    url = urllib.parse.urlsplit(handler.path)
    query = dict(urllib.parse.parse_qsl(url.query, keep_blank_values=True))
    form = dict(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True))
    target = handler.headers.get("X-Amz-Target")
    path_values = {}
    if "Action" in form:
        name = form["Action"]
    elif target:
        name = target.split(".")[-1]
    else:
        found = []
        for method, pattern, wanted, names, operation in routes:
            match = pattern.match(url.path)
            if method == handler.command and match and (not wanted or wanted in url.query):
                found.append((len(names), operation, dict(zip(names, map(urllib.parse.unquote, match.groups())))))
        _, name, path_values = sorted(found)[0]
    operation = model.operation_model(name)
    parser = PROTOCOL_PARSERS[model.resolved_protocol](operation, map_type=dict)
    params = parser.parse(
        {
            "method": handler.command,
            "url_path": url.path,
            "headers": handler.headers,
            "body": body,
            "url_params": path_values,
            "values": MultiDict({**query, **form}),
        }
    )
    return operation, {k: v for k, v in params.items() if v is not None}


def listed(config):
    keys = config["result_key"]
    return keys if isinstance(keys, list) else [keys]


def whole_answer(service, name, params, region, key):
    """Everything that an operation answers, on one page."""
    given = answers.get(f"{service}:{name}")
    if given is not None:
        if "by" in given:
            if params[given["by"]] not in given["answers"]:
                raise Fault("ResourceNotFoundException", 404, "not there")
            return given["answers"][params[given["by"]]]
        ids = params.get("InstanceIds")
        if ids is None:
            return given
        return {k: [one for one in v if one["InstanceId"] in ids] if isinstance(v, list) else v for k, v in given.items()}
    if service in ("route53profiles", "ssm-quicksetup"):
        return {}
    if name == "GetMaintenanceWindowTask":
        return tasks[params["WindowTaskId"]]
    _, paginators, _ = model_of(service)
    api = client(service, region, key)
    config = paginators.get(name)
    if not config:
        return getattr(api, xform_name(name))(**params)
    tokens = config["input_token"]
    for one in [*(tokens if isinstance(tokens, list) else [tokens]), config.get("limit_key")]:
        params.pop(one, None)
    pages = list(api.get_paginator(xform_name(name)).paginate(**params))
    whole = dict(pages[0])
    for field in listed(config):
        whole[field] = [item for page in pages for item in page.get(field, [])]
    whole.pop("NextToken", None)
    whole.pop("nextToken", None)
    return whole


def encoded(value):
    """Policy documents as IAM answers them; boto3 decodes them by itself."""
    if isinstance(value, list):
        return [encoded(one) for one in value]
    if not isinstance(value, dict):
        return value
    documents = ("AssumeRolePolicyDocument", "PolicyDocument", "Document")
    return {
        k: urllib.parse.quote(json.dumps(v)) if k in documents and isinstance(v, dict) else encoded(v)
        for k, v in value.items()
    }


# Lists that botocore has no paginator for.
without_paginator = {
    "DescribeVpcBlockPublicAccessExclusions": "VpcBlockPublicAccessExclusions",
    "ListHostedZonesByVPC": "HostedZoneSummaries",
}


def paged(service, name, params, whole):
    """The page that the request asks for, of the size that the tests want."""
    _, paginators, _ = model_of(service)
    config = paginators.get(name)
    if name in without_paginator:
        config = {"input_token": "NextToken", "output_token": "NextToken", "result_key": without_paginator[name]}
    size = page_size[0]
    if size == "asked" and config:
        size = int(params.get(config.get("limit_key"), 100))
    if not config or not size:
        return {**whole, "IsTruncated": False} if service in ("iam", "route53") else whole
    field = listed(config)[0]
    items = whole.get(field, [])
    if name == "ListResourceRecordSets":
        names = [(one["Name"], one["Type"]) for one in items]
        at = (params.get("StartRecordName"), params.get("StartRecordType"))
        start = names.index(at) if at in names else 0
        page = {**whole, field: items[start : start + size], "IsTruncated": start + size < len(items)}
        if page["IsTruncated"]:
            page["NextRecordName"], page["NextRecordType"] = names[start + size]
        return page
    start = int(params.get(config["input_token"], "0") or "0")
    page = {**whole, field: items[start : start + size]}
    output = config["output_token"]
    output = output if isinstance(output, str) else output[0]
    if start + size < len(items):
        page[output] = str(start + size)
    page["IsTruncated"] = start + size < len(items)
    return page


def error_body(protocol, error):
    if protocol in ("json", "rest-json"):
        return json.dumps({"__type": error.code, "message": error.message})
    inner = f"<Error><Type>Sender</Type><Code>{error.code}</Code><Message>{error.message}</Message></Error>"
    if protocol == "ec2":
        return f"<Response><Errors>{inner}</Errors><RequestID>1</RequestID></Response>"
    return f"<ErrorResponse>{inner}<RequestId>1</RequestId></ErrorResponse>"


def fault_for(action):
    for fault in faults:
        if fault["action"] in (action, "*") and fault["times"] > 0:
            fault["times"] -= 1
            return fault
    return None


def dated(value):
    if isinstance(value, dict):
        return {k: dated(v) for k, v in value.items()}
    if isinstance(value, list):
        return [dated(one) for one in value]
    if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\dT[\d:.]+Z$", value):
        return datetime.fromisoformat(value.replace("Z", "+00:00"))
    return value


class Server(ThreadingHTTPServer):
    # With the default of 5, connections that an audit opens at once wait a second for TCP to try again.
    request_queue_size = 64


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet, so that none waits for an acknowledgement

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        scope = re.search(r"Credential=([^/]+)/\d+/([^/]+)/([^/]+)/", self.headers.get("Authorization", ""))
        key, region, service = scope.groups()
        model, _, _ = model_of(service)
        protocol = model.resolved_protocol
        truncate = False
        with lock:
            try:
                operation, params = parse(service, self, body)
                action = f"{service}:{operation.name}"
                calls.append(action)
                fault = fault_for(action)
                truncate = bool(fault and fault.get("truncate"))
                if fault and not truncate:
                    raise Fault(fault["code"], fault.get("status", 400))
                region = "us-east-1" if region == "aws-global" else region
                try:
                    whole = whole_answer(service, operation.name, dict(params), region, key)
                except NotImplementedError:
                    whole = {}  # moto lacks it, and an account without such things answers the same
                result = paged(service, operation.name, params, encoded(whole) if service == "iam" else whole)
                serialized = get_serializer_class(service, protocol)(operation).serialize(result)
                status, headers, text = serialized["status_code"], serialized["headers"], serialized["body"]
            except Fault as error:
                status, headers, text = error.status, {"x-amzn-errortype": error.code}, error_body(protocol, error)
            except ClientError as error:
                found = error.response["Error"]
                status = error.response["ResponseMetadata"].get("HTTPStatusCode", 400)
                fault = Fault(found["Code"], status, found["Message"])
                status, headers, text = status, {"x-amzn-errortype": fault.code}, error_body(protocol, fault)
            except ParamValidationError as error:
                fault = Fault("ValidationError", 400, str(error))
                status, headers, text = 400, {"x-amzn-errortype": fault.code}, error_body(protocol, fault)
        data = text if isinstance(text, bytes) else text.encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data) // 2 if truncate else len(data)))
        self.end_headers()
        self.wfile.write(data[: len(data) // 2] if truncate else data)

    do_GET = do_POST = answer

    def log_message(self, *_):
        pass


def control(request):
    if "call" in request:
        service, operation, params, region = request["call"]
        result = getattr(client(service, region), operation)(**params)
        result.pop("ResponseMetadata", None)
        return result
    if "reset" in request:
        # The network of every new account is in the way of the tests' own.
        moto.reset()
        for memory in (answers, faults, calls, tasks):
            memory.clear()
        page_size[0] = None
        ec2 = client("ec2", "eu-west-1")
        for subnet in ec2.describe_subnets()["Subnets"]:
            ec2.delete_subnet(SubnetId=subnet["SubnetId"])
        for vpc in ec2.describe_vpcs()["Vpcs"]:
            ec2.delete_vpc(VpcId=vpc["VpcId"])
        return {}
    if "seed" in request:
        return seed.create(client, request["seed"], request["region"])
    if "answers" in request:
        answers.update(dated(request["answers"]))
        return {}
    if "page" in request:
        page_size[0] = request["page"]
        return {}
    if "fault" in request:
        faults.append({"times": 10**6, "code": "InternalError", **request["fault"]})
        return {}
    seen = list(calls)
    calls.clear()
    faults.clear()
    return seen


def main():
    replies, sys.stdout = sys.stdout, sys.stderr
    moto.start()  # and no stop, which would create all of its models anew
    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    replies.write(json.dumps({"answer": f"http://127.0.0.1:{server.server_port}"}) + "\n")
    replies.flush()
    for line in sys.stdin:
        try:
            with lock:
                reply = {"answer": control(json.loads(line))}
        except Exception as error:
            reply = {"error": f"{type(error).__name__}: {error}"}
        replies.write(json.dumps(reply, default=str) + "\n")
        replies.flush()
    server.shutdown()


main()
