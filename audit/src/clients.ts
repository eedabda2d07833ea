import { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import { ConfigServiceClient } from "@aws-sdk/client-config-service";
import { EC2Client } from "@aws-sdk/client-ec2";
import { EKSClient } from "@aws-sdk/client-eks";
import { IAMClient } from "@aws-sdk/client-iam";
import { Route53Client } from "@aws-sdk/client-route-53";
import { SSMClient } from "@aws-sdk/client-ssm";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { defaultProvider } from "@aws-sdk/credential-provider-node";
import type { AwsCredentialIdentityProvider } from "@smithy/types";
import { type Service, isAllowed } from "./calls";

// The SDK prints four lines to standard error on Node.js 20; the README says which versions of Node.js get fixes.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

/** How an account is reached. */
export interface Access {
  readonly region: string;
  readonly profile?: string | undefined;
  readonly roleArn?: string | undefined;
  /** Instead of AWS's own endpoints, for all services: an emulator, or a proxy. */
  readonly endpoint?: string | undefined;
}

/** An operation that is not in the list of calls.ts: a mistake in this package, since nothing else chooses operations. */
class ForbiddenCall extends Error {}

interface Guarded {
  readonly middlewareStack: {
    add(
      middleware: (next: unknown, context: { readonly commandName?: string }) => unknown,
      options: { readonly step: "initialize"; readonly name: string; readonly priority: "high" },
    ): void;
  };
}

/** Refuses operations that are not in the list before anything is serialized or sent. */
export function guard(service: Service, client: object): void {
  (client as Guarded).middlewareStack.add(
    (next, { commandName = "" }) => {
      const operation = commandName.replace(/Command$/, "");
      if (isAllowed(service, operation)) return next;
      return () => Promise.reject(new ForbiddenCall(`${service}:${operation} is not a call that an audit makes`));
    },
    { step: "initialize", name: "patchpathAllowList", priority: "high" },
  );
}

function guarded<C extends object>(service: Service, client: C): C {
  guard(service, client);
  return client;
}

/** How the clients of all services are configured. */
export type ClientSettings = ReturnType<typeof settingsOf>;

function settingsOf({ region, endpoint }: Access, credentials: AwsCredentialIdentityProvider) {
  return {
    region,
    credentials,
    ...(endpoint !== undefined && { endpoint }),
    retryMode: "adaptive",
    maxAttempts: Number(process.env["AWS_MAX_ATTEMPTS"]) || 6,
    requestHandler: { connectionTimeout: 5000, requestTimeout: 60_000, httpsAgent: { maxSockets: 16 } },
  };
}

/** The clients of one account in one region. */
export interface Clients {
  readonly settings: ClientSettings;
  readonly autoScaling: AutoScalingClient;
  readonly ec2: EC2Client;
  readonly eks: EKSClient;
  readonly iam: IAMClient;
  readonly route53: Route53Client;
  readonly ssm: SSMClient;
  readonly sts: STSClient;
}

export function clientsFor(access: Access): Clients {
  const settings = settingsOf(access, credentialsFor(access));
  return {
    settings,
    autoScaling: guarded("autoscaling", new AutoScalingClient(settings)),
    ec2: guarded("ec2", new EC2Client(settings)),
    eks: guarded("eks", new EKSClient(settings)),
    iam: guarded("iam", new IAMClient(settings)),
    route53: guarded("route53", new Route53Client(settings)),
    ssm: guarded("ssm", new SSMClient(settings)),
    sts: guarded("sts", new STSClient(settings)),
  };
}

/** The client of AWS Config, which is used instead of all others. */
export function configClientFor(access: Access): ConfigServiceClient {
  return guarded("config", new ConfigServiceClient(settingsOf(access, credentialsFor(access))));
}

/** The caller's own credentials, or those of the role that they may assume. */
function credentialsFor(access: Access): AwsCredentialIdentityProvider {
  const own = defaultProvider(access.profile === undefined ? {} : { profile: access.profile });
  return access.roleArn === undefined ? own : assumed(access, access.roleArn, own);
}

/** Assuming a role is the only call beside the list; it has a client of its own. */
function assumed(access: Access, roleArn: string, own: AwsCredentialIdentityProvider): AwsCredentialIdentityProvider {
  return async () => {
    const client = new STSClient(settingsOf(access, own));
    const answer = await client.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: "patchpath-audit" }));
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "", Expiration } = answer.Credentials ?? {};
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      ...(Expiration && { expiration: Expiration }),
    };
  };
}
