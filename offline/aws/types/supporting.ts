import { accountId } from "../account";
import { oneOf, pattern, policyDocument, within } from "./checks";
import { type TypeRow, arn, constant, idFromInput, idFromInputs, owner, uuid } from "./row";

const bucketName = pattern(
  "bucket",
  /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  "3 to 63 lower-case letters, digits, dots or hyphens",
);

/** A setting of a bucket as a separate resource. */
const bucketSetting: TypeRow = { id: idFromInput("bucket"), replaceOn: ["bucket"] };

export const supporting: Readonly<Record<string, TypeRow>> = {
  "aws:s3/bucket:Bucket": {
    id: idFromInput("bucket"),
    computed: {
      arn: ({ place, text }) => `arn:${place.partition}:s3:::${text("bucket")}`,
      bucketDomainName: ({ place, text }) => `${text("bucket")}.s3.${place.dnsSuffix}`,
      bucketRegion: ({ place }) => place.region,
      bucketRegionalDomainName: ({ place, text }) => `${text("bucket")}.s3.${place.region}.${place.dnsSuffix}`,
      hostedZoneId: constant("Z0OFFLINE"),
    },
    autoname: { input: "bucket", maxLength: 63, lowercase: true },
    defaults: { forceDestroy: false },
    replaceOn: ["bucket", "bucketPrefix", "objectLockEnabled"],
    checks: [bucketName],
  },
  "aws:s3/bucketPolicy:BucketPolicy": { ...bucketSetting, checks: [policyDocument("policy", "bucket")] },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": bucketSetting,
  "aws:s3/bucketVersioning:BucketVersioning": bucketSetting,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": bucketSetting,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": bucketSetting,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": bucketSetting,
  "aws:dlm/lifecyclePolicy:LifecyclePolicy": {
    id: ({ hex }) => `policy-0${hex(16, "policy")}`,
    computed: { arn: arn("dlm", ({ id }) => `policy/${id}`) },
    defaults: { state: "ENABLED" },
    replaceOn: [],
    checks: [
      oneOf("state", "ENABLED", "DISABLED"),
      pattern("executionRoleArn", /^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/, "the ARN of a role"),
      pattern("description", /^[0-9A-Za-z _-]{0,500}$/, "at most 500 letters, digits, spaces or _-"),
    ],
  },
  "aws:kms/key:Key": {
    id: uuid,
    computed: {
      arn: arn("kms", ({ id }) => `key/${id}`),
      keyId: ({ id }) => id,
      multiRegion: constant(false),
      policy: constant("{}"),
      rotationPeriodInDays: constant(365),
    },
    defaults: {
      bypassPolicyLockoutSafetyCheck: false,
      customerMasterKeySpec: "SYMMETRIC_DEFAULT",
      isEnabled: true,
      keyUsage: "ENCRYPT_DECRYPT",
    },
    replaceOn: ["customKeyStoreId", "customerMasterKeySpec", "keyUsage", "multiRegion", "xksKeyId"],
    checks: [within("deletionWindowInDays", 7, 30), policyDocument("policy", "key")],
  },
  "aws:kms/alias:Alias": {
    id: idFromInput("name"),
    computed: { arn: arn("kms", ({ id }) => id), targetKeyArn: ({ inputs }) => inputs["targetKeyId"] ?? "" },
    replaceOn: ["name", "namePrefix"],
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    id: idFromInput("name"),
    computed: { arn: arn("logs", (c) => `log-group:${c.text("name")}`) },
    autoname: { input: "name", maxLength: 512 },
    defaults: { retentionInDays: 0, skipDestroy: false },
    replaceOn: ["logGroupClass", "name", "namePrefix"],
    checks: [pattern("name", /^[\w./#-]{1,512}$/, "1 to 512 letters, digits or _./#-")],
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    id: idFromInput("name"),
    computed: {
      arn: arn("cloudwatch", (c) => `alarm:${c.text("name")}`),
      evaluateLowSampleCountPercentiles: constant(""),
    },
    autoname: { input: "name", maxLength: 255 },
    defaults: { actionsEnabled: true, treatMissingData: "missing" },
    replaceOn: ["name"],
    checks: [oneOf("treatMissingData", "missing", "ignore", "breaching", "notBreaching")],
  },
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": {
    id: idFromInput("alarmName"),
    computed: { arn: arn("cloudwatch", (c) => `alarm:${c.text("alarmName")}`) },
    defaults: { actionsEnabled: true },
    replaceOn: ["alarmName", "actionsEnabled"],
    checks: [
      pattern("alarmName", /^[^\p{Cc}]{1,255}$/u, "1 to 255 characters"),
      pattern(
        "alarmRule",
        /^(\s|AND|OR|NOT|TRUE|FALSE|[()]|(ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*("[^"]+"|[^\s()"]+)\s*\)){1,10240}$/,
        "alarms by their state, with AND, OR and NOT",
      ),
    ],
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    id: idFromInput("dashboardName"),
    computed: {
      dashboardArn: ({ place, text }) =>
        `arn:${place.partition}:cloudwatch::${accountId}:dashboard/${text("dashboardName")}`,
    },
    replaceOn: ["dashboardName"],
    checks: [pattern("dashboardName", /^[\w-]{1,255}$/, "1 to 255 letters, digits or _-")],
  },
  "aws:cloudwatch/eventRule:EventRule": {
    id: idFromInput("name"),
    computed: { arn: arn("events", (c) => `rule/${c.text("name")}`) },
    autoname: { input: "name", maxLength: 64 },
    defaults: { eventBusName: "default", forceDestroy: false },
    replaceOn: ["eventBusName", "name", "namePrefix"],
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    id: ({ hex, text }) => `${text("rule")}-${hex(16)}`,
    computed: { targetId: ({ hex }) => `terraform-${hex(26)}` },
    defaults: { eventBusName: "default", forceDestroy: false },
    replaceOn: ["eventBusName", "rule", "targetId"],
  },
  "aws:sns/topic:Topic": {
    id: arn("sns", (c) => c.text("name")),
    computed: {
      arn: ({ id }) => id,
      owner,
      beginningArchiveTime: constant(""),
      policy: constant("{}"),
      signatureVersion: constant(0),
      tracingConfig: constant(""),
    },
    autoname: { input: "name", maxLength: 256 },
    replaceOn: ["fifoTopic", "name", "namePrefix"],
  },
  "aws:sns/topicPolicy:TopicPolicy": { id: idFromInput("arn"), computed: { owner }, replaceOn: ["arn"] },
  "aws:sns/topicSubscription:TopicSubscription": {
    id: (c) => `${c.text("topic")}:${uuid(c)}`,
    computed: {
      arn: ({ id }) => id,
      ownerId: owner,
      confirmationWasAuthenticated: constant(true),
      pendingConfirmation: constant(false),
    },
    replaceOn: ["endpoint", "protocol", "topic"],
  },
  "aws:route53/zone:Zone": {
    id: ({ hex }) => `Z0${hex(19, "zone").toUpperCase()}`,
    computed: {
      arn: ({ id, place }) => `arn:${place.partition}:route53:::hostedzone/${id}`,
      nameServers: constant(["ns-0.awsdns-00.com"]),
      primaryNameServer: constant("ns-0.awsdns-00.com"),
      zoneId: ({ id }) => id,
    },
    defaults: { comment: "Managed by Pulumi", forceDestroy: false },
    replaceOn: ["delegationSetId", "name"],
    global: true,
  },
  "aws:route53/zoneAssociation:ZoneAssociation": {
    id: idFromInputs(":", "zoneId", "vpcId"),
    computed: { owningAccount: owner, vpcRegion: ({ place }) => place.region },
    replaceOn: ["vpcId", "vpcRegion", "zoneId"],
    global: true,
  },
  "aws:route53/vpcAssociationAuthorization:VpcAssociationAuthorization": {
    id: idFromInputs(":", "zoneId", "vpcId"),
    computed: { vpcRegion: ({ place }) => place.region },
    replaceOn: ["vpcId", "vpcRegion", "zoneId"],
    global: true,
  },
  "aws:route53/record:Record": {
    id: idFromInputs("_", "zoneId", "name", "type"),
    computed: { fqdn: ({ text }) => text("name"), allowOverwrite: constant(false) },
    replaceOn: ["name", "setIdentifier", "type", "zoneId"],
    global: true,
  },
};
