import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Region } from "patchpath/facts";
import type { PolicyDocument } from "../endpoints/policy-document";
import { type Place, bucketPolicy, keyPolicy, logGroupPolicy, sessionKeyPolicy } from "./session-policy";
import { type SessionSettings, sessionDefaults } from "./session-settings";

export interface SessionsArgs extends SessionSettings {
  /** Plain, since the ARNs in policies depend on it. */
  readonly region: Region;
  /**
   * Name of the Session document, which operators type: 3 to 128 letters, digits or `_-.`, unique in the account and region. The
   * log group, the alias of the key and the prefix in the bucket are named after it. Plain, since it is part of policies.
   */
  readonly documentName: string;
  /**
   * Tags of every resource.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * Session Manager instead of SSH: a Session document with its own preferences, and the resources for its logs. They apply to
 * sessions that name the document; the preferences of the account (`SSM-SessionManagerRunShell`) are not changed.
 */
export class Sessions extends pulumi.ComponentResource {
  readonly documentName: pulumi.Output<string>;
  /** `undefined` without `logGroup`. */
  readonly logGroupName: pulumi.Output<string> | undefined;
  /** `undefined` unless `encrypted`. */
  readonly keyArn: pulumi.Output<string> | undefined;
  /** Policies that the role of an instance requires for its sessions. Each key is the name of the inline policy. */
  readonly instancePolicies: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: SessionsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:sessions:Sessions", name, {}, opts);

    const { region, documentName, s3Bucket, tags = {} } = args;
    const { encrypted = sessionDefaults.encrypted, retentionDays = sessionDefaults.retentionDays } = args;
    const inComponent = { parent: this };
    const logGroupName = (args.logGroup ?? sessionDefaults.logGroup) ? `/patchpath/${documentName}` : undefined;
    const alias = `alias/${documentName}`;

    const key = encrypted ? createKey() : undefined;
    const logGroup = logGroupName === undefined ? undefined : createLogGroup(logGroupName);
    const document = createDocument();

    this.documentName = document.name;
    this.logGroupName = logGroup?.name;
    this.keyArn = key?.arn;
    this.instancePolicies = {
      ...(logGroupName !== undefined && { "session-logs": policy((place) => logGroupPolicy(place, logGroupName)) }),
      ...(s3Bucket !== undefined && {
        "session-bucket": policy((place) => bucketPolicy(place, s3Bucket, documentName)),
      }),
      ...(encrypted && { "session-key": policy((place) => sessionKeyPolicy(place, alias)) }),
    };
    this.registerOutputs({
      documentName: this.documentName,
      logGroupName: this.logGroupName,
      keyArn: this.keyArn,
    });

    function policy(of: (place: Place) => PolicyDocument): pulumi.Output<string> {
      const { accountId } = aws.getCallerIdentityOutput({}, inComponent);
      return accountId.apply((id) => JSON.stringify(of({ region, accountId: id })));
    }

    function createKey(): aws.kms.Key {
      const key = new aws.kms.Key(
        `${name}-key`,
        {
          description: `Sessions by ${documentName} and their logs`,
          policy: policy((place) => keyPolicy(place, logGroupName)),
          enableKeyRotation: true,
          deletionWindowInDays: 30,
          tags,
        },
        inComponent,
      );
      new aws.kms.Alias(`${name}-key`, { name: alias, targetKeyId: key.keyId }, inComponent);
      return key;
    }

    function createLogGroup(groupName: string): aws.cloudwatch.LogGroup {
      return new aws.cloudwatch.LogGroup(
        `${name}-logs`,
        { name: groupName, retentionInDays: retentionDays, ...(key && { kmsKeyId: key.arn }), tags },
        inComponent,
      );
    }

    /**
     * All inputs that AWS names, since it is not documented whether a missing input equals an empty one. Source:
     * https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-schema.html, checked 2026-11-22.
     */
    function createDocument(): aws.ssm.Document {
      const inputs = {
        s3BucketName: s3Bucket ?? "",
        s3KeyPrefix: s3Bucket === undefined ? "" : documentName,
        s3EncryptionEnabled: s3Bucket !== undefined && encrypted,
        cloudWatchLogGroupName: logGroup?.name ?? "",
        cloudWatchEncryptionEnabled: logGroup !== undefined && encrypted,
        // Streamed, so that an aborted session is logged too.
        cloudWatchStreamingEnabled: logGroup !== undefined,
        kmsKeyId: key?.arn ?? "",
        runAsEnabled: false,
        runAsDefaultUser: "",
      };
      return new aws.ssm.Document(
        `${name}-document`,
        {
          name: documentName,
          documentType: "Session",
          documentFormat: "JSON",
          content: pulumi.jsonStringify({
            schemaVersion: "1.0",
            description: "Sessions on the instances of a patch topology",
            sessionType: "Standard_Stream",
            inputs,
          }),
          tags,
        },
        inComponent,
      );
    }
  }
}
