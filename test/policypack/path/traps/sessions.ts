import { interfaceEndpoint } from "../../rules/network";
import { json } from "../../rules/examples";
import { aws, endpointOnly, endpointsAndNat, natAndGateway, plus, set, stack } from "./bases";
import type { Trap } from "./trap";

const document = (content: string, others: object = {}) =>
  plus(aws("ssm/document:Document", "sessions", { documentType: "Session", content, ...others }));
const preferences = (inputs: object) =>
  document(JSON.stringify({ schemaVersion: "1.0", sessionType: "Standard_Stream", inputs }));

const toCloudWatch = preferences({ cloudWatchLogGroupName: "sessions", s3BucketName: "" });
const toS3 = preferences({ s3BucketName: "session-logs" });
const encrypted = preferences({ kmsKeyId: "alias/sessions" });

const allowing = (Action: readonly string[], Resource = "*") =>
  set("instances", { inlinePolicies: [{ name: "sessions", policy: json({ Effect: "Allow", Action, Resource }) }] });
const logs = ["logs:CreateLogStream", "logs:DescribeLogGroups", "logs:DescribeLogStreams", "logs:PutLogEvents"];

/** Session Manager preferences: patching does not depend on them, but sessions fail or are not logged. */
export const sessions: readonly Trap[] = [
  {
    title: "sessions logged to CloudWatch, endpoints only",
    why: "there is no route to CloudWatch Logs, and AmazonSSMManagedInstanceCore does not allow writing to it",
    resources: stack(endpointOnly, toCloudWatch),
    advice: ["session-logs", "session-permissions"],
  },
  {
    title: "sessions logged to CloudWatch, with an endpoint and permissions",
    why: "nothing else is needed",
    resources: stack(endpointOnly, toCloudWatch, plus(interfaceEndpoint("logs")), allowing(logs)),
  },
  {
    title: "sessions logged to CloudWatch behind NAT",
    why: "NAT reaches CloudWatch Logs, but the role does not allow writing to it",
    resources: stack(endpointsAndNat, toCloudWatch),
    advice: ["session-permissions"],
  },
  {
    title: "sessions logged to CloudWatch behind NAT, with CloudWatchAgentServerPolicy",
    why: "that AWS managed policy has the permissions that are needed",
    resources: stack(
      endpointsAndNat,
      toCloudWatch,
      set("instances", { managedPolicyArns: ["arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"] }),
    ),
  },
  {
    title: "sessions logged to CloudWatch, and a NAT gateway in another route table only",
    why: "the routes of the fleet's own subnet apply",
    resources: stack(endpointsAndNat, toCloudWatch, set("to-nat", { routeTableId: "rtb-public-2" }), allowing(logs)),
    advice: ["session-logs"],
  },
  {
    title: "sessions logged to CloudWatch, with preferences in YAML",
    why: "SSM documents can be YAML",
    resources: stack(
      endpointOnly,
      document("inputs:\n  cloudWatchLogGroupName: sessions\n  s3BucketName: ''\n", { documentFormat: "YAML" }),
      allowing(logs),
    ),
    advice: ["session-logs"],
  },
  {
    title: "sessions logged to S3, with a role that cannot put objects",
    why: "the gateway endpoint carries the requests, but the role does not allow them",
    resources: stack(endpointOnly, toS3),
    advice: ["session-permissions"],
  },
  {
    title: "sessions logged to S3, with a role that can put objects in the bucket",
    why: "whether it is the intended bucket is up to its owner",
    resources: stack(
      natAndGateway,
      toS3,
      allowing(["s3:PutObject", "s3:GetEncryptionConfiguration"], "arn:aws:s3:::session-logs/*"),
    ),
  },
  {
    title: "encrypted sessions, endpoints only",
    why: "both ends of a session call AWS KMS for the key",
    resources: stack(endpointOnly, encrypted, allowing(["kms:Decrypt"], "arn:aws:kms:eu-west-1:123456789012:key/*")),
    advice: ["session-kms"],
  },
  {
    title: "encrypted sessions with an endpoint for AWS KMS, and a role that cannot decrypt",
    why: "the role does not allow `kms:Decrypt`",
    resources: stack(endpointOnly, encrypted, plus(interfaceEndpoint("kms"))),
    advice: ["session-permissions"],
  },
  {
    title: "sessions without logging",
    why: "no endpoint or permission is needed",
    resources: stack(endpointOnly, preferences({ cloudWatchLogGroupName: "", s3BucketName: "", kmsKeyId: "" })),
  },
  {
    title: "a document of another type that has a log group",
    why: "a Command document does not set session preferences",
    resources: stack(
      endpointOnly,
      document(JSON.stringify({ inputs: { cloudWatchLogGroupName: "commands" } }), { documentType: "Command" }),
    ),
  },
];
