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

/** Preferences of Session Manager: patching goes on without, but sessions fail or leave no log. */
export const sessions: readonly Trap[] = [
  {
    title: "sessions logged to CloudWatch, endpoints only",
    why: "there is no way to CloudWatch, and AmazonSSMManagedInstanceCore has no permission there",
    resources: stack(endpointOnly, toCloudWatch),
    advice: ["session-logs", "session-permissions"],
  },
  {
    title: "sessions logged to CloudWatch, with endpoint and permissions",
    why: "this is all that is needed",
    resources: stack(endpointOnly, toCloudWatch, plus(interfaceEndpoint("logs")), allowing(logs)),
  },
  {
    title: "sessions logged to CloudWatch behind NAT",
    why: "CloudWatch Logs is public, but the role may not write there",
    resources: stack(endpointsAndNat, toCloudWatch),
    advice: ["session-permissions"],
  },
  {
    title: "sessions logged to CloudWatch with CloudWatchAgentServerPolicy behind NAT",
    why: "that policy of AWS's has what is needed",
    resources: stack(
      endpointsAndNat,
      toCloudWatch,
      set("instances", { managedPolicyArns: ["arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"] }),
    ),
  },
  {
    title: "a NAT gateway in another subnet's way, and sessions logged to CloudWatch",
    why: "what counts is the fleet's own route",
    resources: stack(endpointsAndNat, toCloudWatch, set("to-nat", { routeTableId: "rtb-public-2" }), allowing(logs)),
    advice: ["session-logs"],
  },
  {
    title: "sessions logged to CloudWatch by preferences in YAML",
    why: "documents may be YAML",
    resources: stack(
      endpointOnly,
      document("inputs:\n  cloudWatchLogGroupName: sessions\n  s3BucketName: ''\n", { documentFormat: "YAML" }),
      allowing(logs),
    ),
    advice: ["session-logs"],
  },
  {
    title: "sessions logged to S3 by a role that may not put objects",
    why: "the gateway endpoint carries them, and the role is refused",
    resources: stack(endpointOnly, toS3),
    advice: ["session-permissions"],
  },
  {
    title: "sessions logged to S3 by a role that may put objects there",
    why: "whether that is the right bucket is for its owner to know",
    resources: stack(
      natAndGateway,
      toS3,
      allowing(["s3:PutObject", "s3:GetEncryptionConfiguration"], "arn:aws:s3:::session-logs/*"),
    ),
  },
  {
    title: "encrypted sessions, endpoints only",
    why: "both ends fetch the key from KMS",
    resources: stack(endpointOnly, encrypted, allowing(["kms:Decrypt"], "arn:aws:kms:eu-west-1:123456789012:key/*")),
    advice: ["session-kms"],
  },
  {
    title: "encrypted sessions with an endpoint for KMS, and a role that may not decrypt",
    why: "the role is refused",
    resources: stack(endpointOnly, encrypted, plus(interfaceEndpoint("kms"))),
    advice: ["session-permissions"],
  },
  {
    title: "sessions that are logged nowhere",
    why: "nothing is missing",
    resources: stack(endpointOnly, preferences({ cloudWatchLogGroupName: "", s3BucketName: "", kmsKeyId: "" })),
  },
  {
    title: "a document of another type that speaks of a log group",
    why: "it is no preferences",
    resources: stack(
      endpointOnly,
      document(JSON.stringify({ inputs: { cloudWatchLogGroupName: "commands" } }), { documentType: "Command" }),
    ),
  },
];
