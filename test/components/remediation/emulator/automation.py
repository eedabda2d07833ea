"""Runs a document of Systems Manager Automation as the service does, as far as our documents use it.

What is not in here fails, so no document can come to rely on it unseen. Source of the meaning of steps:
https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html and
automation-aws-apis-calling.html there, checked 2026-11-22.
"""

import json
import re

import boto3
from botocore import xform_name

REFERENCE = re.compile(r"\{\{\s*([A-Za-z0-9_.]+)\s*\}\}")
TYPES = {"String": str, "Integer": int, "Boolean": bool, "StringList": list}
STEP_KEYS = {
    "name", "action", "inputs", "outputs", "maxAttempts", "timeoutSeconds", "onFailure", "nextStep", "isEnd",
}  # fmt: skip


class Refused(Exception):
    """The execution does not start."""


class Unresolved(Exception):
    """A mistake of the document: it refers to what no step before it puts out."""


def run(document, arguments):
    """Answers the status, each step that ran with its status and message, and the outputs."""
    try:
        values = parameters_of(document, arguments)
    except Refused as refusal:
        return {"status": "Refused", "message": str(refusal), "steps": [], "outputs": {}}
    resolve(document["assumeRole"], values)
    steps, ran, failed = document["mainSteps"], [], False
    names = [step["name"] for step in steps]
    at = 0
    while at is not None and at < len(steps):
        step = steps[at]
        assert not set(step) - STEP_KEYS, f"step {step['name']} has {set(step) - STEP_KEYS}"
        message = execute(step, values)
        ran.append({"name": step["name"], "status": "Success" if message is None else "Failed", "message": message})
        if message is not None:
            failed = True  # each of our steps is critical, which is the default
        if step.get("isEnd"):
            break  # whether it has failed or not
        if message is None:
            at = names.index(step["nextStep"]) if "nextStep" in step else at + 1
        else:
            on_failure = step.get("onFailure", "Abort")
            at = names.index(on_failure.removeprefix("step:")) if on_failure.startswith("step:") else None
            assert at is not None or on_failure == "Abort", f"onFailure {on_failure}"
    outputs = {name: values.get(name) for name in document.get("outputs", [])}
    return {"status": "Failed" if failed else "Success", "message": None, "steps": ran, "outputs": outputs}


def parameters_of(document, arguments):
    declared = document["parameters"]
    for name in arguments:
        if name not in declared:
            raise Refused(f"{name} is no parameter of the document")
    values = {}
    for name, parameter in declared.items():
        if name not in arguments:
            raise Refused(f"{name} is missing")
        value = arguments[name]
        if not isinstance(value, TYPES[parameter["type"]]):
            raise Refused(f"{name} is no {parameter['type']}")
        if "allowedPattern" in parameter and not re.search(parameter["allowedPattern"], value):
            raise Refused(f"{name} does not match {parameter['allowedPattern']}")
        values[name] = value
    return values


def execute(step, values):
    """Answers why the step failed; nothing when it did not."""
    inputs = resolve(step["inputs"], values)
    for attempt in range(step.get("maxAttempts", 1)):
        try:
            result = ACTIONS[step["action"]](inputs)
            for output in step.get("outputs", []):
                values[f"{step['name']}.{output['Name']}"] = selected(result, output)
            return None
        except Exception as error:  # whatever a script raises fails its step, and nothing more
            message = f"{type(error).__name__}: {error}"
    return message


def execute_aws_api(inputs):
    parameters = {name: value for name, value in inputs.items() if name not in ("Service", "Api")}
    return getattr(boto3.client(inputs["Service"]), xform_name(inputs["Api"]))(**parameters)


def execute_script(inputs):
    assert inputs["Runtime"] == "python3.11", inputs["Runtime"]
    namespace = {}
    exec(compile(inputs["Script"], f"<{inputs['Handler']}>", "exec"), namespace)
    events = json.loads(json.dumps(inputs["InputPayload"]))
    return {"Payload": json.loads(json.dumps(namespace[inputs["Handler"]](events, {})))}


def sleep(inputs):
    assert re.fullmatch(r"PT\d+[SM]", inputs["Duration"]), inputs["Duration"]
    return {}


ACTIONS = {"aws:executeAwsApi": execute_aws_api, "aws:executeScript": execute_script, "aws:sleep": sleep}


def selected(result, output):
    """`$.a.b[0].c` of a result, of the type that the output declares."""
    value = result
    for name, index in re.findall(r"\.([A-Za-z]+)|\[(\d+)\]", output["Selector"]):
        try:
            value = value[name] if name else value[int(index)]
        except (KeyError, IndexError):
            raise ValueError(f"{output['Selector']} selects nothing") from None
    if not isinstance(value, TYPES[output["Type"]]):
        raise ValueError(f"{output['Selector']} is no {output['Type']}")
    return value


def resolve(value, values):
    """Puts values in the place of references: of its own type where the reference is all there is."""
    if isinstance(value, dict):
        return {name: inner if name == "Script" else resolve(inner, values) for name, inner in value.items()}
    if isinstance(value, list):
        return [resolve(inner, values) for inner in value]
    if not isinstance(value, str):
        return value
    whole = REFERENCE.fullmatch(value)
    if whole:
        return known(whole[1], values)
    return REFERENCE.sub(lambda reference: str(known(reference[1], values)), value)


def known(name, values):
    if name not in values:
        raise Unresolved(f"{name} is put out by no step before; known are {', '.join(values)}")
    return values[name]
