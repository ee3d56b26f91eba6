"""The lab as a Python program does it: boto3 against $ENDPOINT, answers through $PORTAL."""

import base64
import email
import glob
import json
import os
import sys
import time
import urllib.request

import boto3
from botocore.exceptions import ClientError

OUTBOX = sys.argv[1]
BUCKET = "ground-truth-boto3"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
)
TRUST = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "sagemaker.amazonaws.com"}, "Action": "sts:AssumeRole"}]}


def client(name):
    return boto3.client(name, endpoint_url=os.environ["ENDPOINT"])


def portal(path, body=None, token=None):
    headers = {"content-type": "application/json"}
    if token is not None:
        headers["authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(os.environ["PORTAL"] + path, data, headers)
    with urllib.request.urlopen(request) as reply:
        return json.loads(reply.read() or b"null")


s3, sagemaker, cognito, iam = (client(name) for name in ("s3", "sagemaker", "cognito-idp", "iam"))
account = client("sts").get_caller_identity()["Account"]

s3.create_bucket(Bucket=BUCKET)
for number in range(3):
    s3.put_object(Bucket=BUCKET, Key=f"{number}.png", Body=PIXEL)
lines = [json.dumps({"source-ref": f"s3://{BUCKET}/{number}.png"}) for number in range(3)]
s3.put_object(Bucket=BUCKET, Key="in.manifest", Body="\n".join(lines))
s3.put_object(Bucket=BUCKET, Key="labels.json", Body=json.dumps({"labels": [{"label": "cat"}, {"label": "dog"}]}))
s3.put_object(Bucket=BUCKET, Key="template", Body='<crowd-image-classifier name="crowd-image-classifier">')

roles = [iam.create_role(RoleName=f"role-{n}", AssumeRolePolicyDocument=json.dumps(TRUST))["Role"] for n in range(3)]
pages = iam.get_paginator("list_roles").paginate(PaginationConfig={"PageSize": 2})
assert [role["Arn"] for page in pages for role in page["Roles"]] == [role["Arn"] for role in roles]

pool = cognito.create_user_pool(
    PoolName="pool",
    AdminCreateUserConfig={"InviteMessageTemplate": {"EmailMessage": "{username}<br>Password: {####}"}},
)["UserPool"]["Id"]
app = cognito.create_user_pool_client(UserPoolId=pool, ClientName="app", GenerateSecret=True)["UserPoolClient"]["ClientId"]
cognito.create_group(UserPoolId=pool, GroupName="team")
cognito.create_user_pool_domain(UserPoolId=pool, Domain="boto3")
team = sagemaker.create_workteam(
    WorkteamName="team",
    Description="A team",
    MemberDefinitions=[{"CognitoMemberDefinition": {"UserPool": pool, "UserGroup": "team", "ClientId": app}}],
)["WorkteamArn"]
assert sagemaker.describe_workforce(WorkforceName="default")["Workforce"]["Status"] == "Active"
cognito.admin_create_user(UserPoolId=pool, Username="me@example.org", DesiredDeliveryMediums=["EMAIL"])
cognito.admin_add_user_to_group(UserPoolId=pool, Username="me@example.org", GroupName="team")
assert [user["UserStatus"] for user in cognito.list_users_in_group(UserPoolId=pool, GroupName="team")["Users"]] == ["FORCE_CHANGE_PASSWORD"]

function = "arn:aws:lambda:us-east-1:432418664414:function:"
request = {
    "LabelingJobName": "Boto3",
    "LabelAttributeName": "Boto3",
    "InputConfig": {"DataSource": {"S3DataSource": {"ManifestS3Uri": f"s3://{BUCKET}/in.manifest"}}},
    "OutputConfig": {"S3OutputPath": f"s3://{BUCKET}/out/"},
    "RoleArn": roles[0]["Arn"],
    "LabelCategoryConfigS3Uri": f"s3://{BUCKET}/labels.json",
    "HumanTaskConfig": {
        "WorkteamArn": team,
        "UiConfig": {"UiTemplateS3Uri": f"s3://{BUCKET}/template"},
        "PreHumanTaskLambdaArn": f"{function}PRE-ImageMultiClass",
        "TaskTitle": "Title",
        "TaskDescription": "Description",
        "NumberOfHumanWorkersPerDataObject": 1,
        "TaskTimeLimitInSeconds": 300,
        "AnnotationConsolidationConfig": {"AnnotationConsolidationLambdaArn": f"{function}ACS-ImageMultiClass"},
    },
    "Tags": [{"Key": "lab", "Value": "yes"}],
}
arn = sagemaker.create_labeling_job(**request)["LabelingJobArn"]
assert arn == f"arn:aws:sagemaker:us-east-1:{account}:labeling-job/boto3"
assert sagemaker.list_tags(ResourceArn=arn)["Tags"] == request["Tags"]

for change, code in (
    ({"LabelingJobName": "BOTO3"}, "ResourceInUse"),
    ({"LabelingJobName": "new", "LabelAttributeName": "x-metadata"}, "ValidationException"),
    ({"LabelingJobName": "new", "RoleArn": f"arn:aws:iam::{account}:role/nobody"}, "ValidationException"),
):
    try:
        sagemaker.create_labeling_job(**{**request, **change})
        raise AssertionError(f"{change} was accepted")
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
try:
    sagemaker.describe_labeling_job(LabelingJobName="nothing")
    raise AssertionError("found nothing")
except sagemaker.exceptions.ResourceNotFound:
    pass

[mail] = [email.message_from_file(open(file)) for file in glob.glob(f"{OUTBOX}/*.eml")]
assert mail["From"] == "<no-reply@verificationemail.com>" and mail["To"] == "<me@example.org>"
password = mail.get_payload(decode=True).decode().split("Password: ")[1]
challenge = portal("/api/sign-in", {"email": "me@example.org", "password": password})["challenge"]
token = portal("/api/new-password", {"challenge": challenge, "newPassword": "correct horse"})["token"]
jobs = []
while not jobs:
    jobs = portal("/api/jobs", token=token)
tasks = portal(f"/api/jobs/{jobs[0]['jobReferenceCode']}/tasks", {"count": 10}, token)
for task in tasks:
    portal(f"/api/tasks/{task['taskId']}/accept", {}, token)
    label = "dog" if task["datasetObjectId"] == "1" else "cat"
    portal(f"/api/tasks/{task['taskId']}/answer", {"answerContent": {"crowd-image-classifier": {"label": label}}}, token)

deadline = time.monotonic() + 10
while sagemaker.describe_labeling_job(LabelingJobName="Boto3")["LabelingJobStatus"] != "Completed":
    assert time.monotonic() < deadline, "not completed"
pages = sagemaker.get_paginator("list_labeling_jobs").paginate(PaginationConfig={"PageSize": 1})
[summary] = [job for page in pages for job in page["LabelingJobSummaryList"]]
assert summary["LabelCounters"]["HumanLabeled"] == 3, summary
output = s3.get_object(Bucket=BUCKET, Key="out/Boto3/manifests/output/output.manifest")["Body"].read().decode()
entries = [json.loads(line) for line in output.splitlines()]
assert [(entry["Boto3"], entry["Boto3-metadata"]["class-name"]) for entry in entries] == [(0, "cat"), (1, "dog"), (0, "cat")]
for_team = sagemaker.list_labeling_jobs_for_workteam(WorkteamArn=team)["LabelingJobSummaryList"]
assert [job["LabelCounters"] for job in for_team] == [{"HumanLabeled": 3, "PendingHuman": 0, "Total": 3}]
assert sagemaker.delete_workteam(WorkteamName="team")["Success"] is True
sagemaker.delete_workforce(WorkforceName="default")
print("done")
