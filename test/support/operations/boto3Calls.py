"""Makes the calls that standard input asks for, a line of JSON each, with boto3; answers each with a line.

What comes back is held against the model that this boto3 has: against its types and constraints, and against its
names, since a member that the model does not have would be dropped in silence.
"""

import json
import sys

import boto3
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError, ParamValidationError
from botocore.validate import ParamValidator

clients = {}


def client_of(server):
    if server["endpoint"] not in clients:
        client = boto3.client(
            "sagemaker",
            endpoint_url=server["endpoint"],
            region_name=server["region"],
            aws_access_key_id=server["accessKeyId"],
            aws_secret_access_key=server["secretAccessKey"],
            config=Config(retries={"mode": "standard", "max_attempts": 1}),
        )
        clients[server["endpoint"]] = client
        client.meta.events.register("after-call.sagemaker.*", keep_body)
    return clients[server["endpoint"]]


body = {}


def keep_body(http_response, **_):
    body["last"] = json.loads(http_response.content or "{}")


def unknown(value, shape, path=""):
    if shape.type_name == "structure":
        for name, inner in value.items():
            if name not in shape.members:
                yield f"{path}.{name}"
            elif inner is not None:
                yield from unknown(inner, shape.members[name], f"{path}.{name}")
    elif shape.type_name == "list":
        for inner in value:
            yield from unknown(inner, shape.member, f"{path}[]")


def answer(ask):
    client = client_of(ask["server"])
    model = client.meta.service_model.operation_model(ask["operation"])
    try:
        reply = getattr(client, xform_name(ask["operation"]))(**ask["input"])
    except ClientError as error:
        assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 400, error
        return {"code": error.response["Error"]["Code"], "message": error.response["Error"]["Message"]}
    except ParamValidationError as error:
        return {"code": "ParamValidationError", "message": str(error)}
    del reply["ResponseMetadata"]
    problems = []
    if model.output_shape is not None:
        report = ParamValidator().validate(reply, model.output_shape)
        problems = [report.generate_report()] if report.has_errors() else []
        problems += list(unknown(body["last"], model.output_shape))
    return {"reply": reply, "problems": problems}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line)), default=str), flush=True)
