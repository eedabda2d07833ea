import type {
  DhcpOptions,
  Instance,
  ManagedPrefixList,
  NatGateway,
  NetworkAcl,
  PrefixListEntry,
  RouteTable,
  SecurityGroup,
  Subnet,
  Vpc,
  VpcEndpoint,
  VpcPeeringConnection,
} from "@aws-sdk/client-ec2";
import type { AttachedPolicy, InstanceProfile, PolicyVersion, Role } from "@aws-sdk/client-iam";

/**
 * A resource of an account as AWS Config recorded it. The fields are those of `config/properties` in
 * https://github.com/awslabs/aws-config-resource-schema, checked 2026-11-28.
 */
export interface ConfigItem {
  readonly accountId: string;
  /** `global` for IAM. */
  readonly awsRegion: string;
  readonly resourceType: string;
  readonly configuration: unknown;
  readonly tags?: readonly { readonly key?: string; readonly value?: string }[];
}

interface ConfigRole extends Role {
  readonly AttachedManagedPolicies?: AttachedPolicy[];
  readonly InstanceProfileList?: InstanceProfile[];
  readonly RolePolicyList?: { readonly PolicyName?: string; readonly PolicyDocument?: string }[];
}

interface ConfigPolicy {
  readonly Arn?: string;
  readonly PolicyVersionList?: PolicyVersion[];
}

/** The types that the model needs and AWS Config records, in the form of the SDK's answers. */
interface Recorded {
  readonly "AWS::EC2::DHCPOptions": DhcpOptions;
  readonly "AWS::EC2::Instance": Instance;
  readonly "AWS::EC2::NatGateway": NatGateway;
  readonly "AWS::EC2::NetworkAcl": NetworkAcl;
  readonly "AWS::EC2::PrefixList": ManagedPrefixList & { readonly Entries?: PrefixListEntry[] };
  readonly "AWS::EC2::RouteTable": RouteTable;
  readonly "AWS::EC2::SecurityGroup": SecurityGroup;
  readonly "AWS::EC2::Subnet": Subnet;
  readonly "AWS::EC2::VPC": Vpc;
  readonly "AWS::EC2::VPCEndpoint": VpcEndpoint;
  readonly "AWS::EC2::VPCPeeringConnection": VpcPeeringConnection;
  readonly "AWS::IAM::Policy": ConfigPolicy;
  readonly "AWS::IAM::Role": ConfigRole;
}

export type RecordedType = keyof Recorded;

type Fields = Readonly<Record<string, unknown>>;

const asIs = (fields: Fields): Fields => fields;

/** What of a type AWS Config writes otherwise than EC2's API does. */
const forms: Readonly<Record<RecordedType, (fields: Fields) => Fields>> = {
  "AWS::EC2::DHCPOptions": ({ DomainNameServers: servers, DomainName: name, ...others }) => ({
    ...others,
    DhcpConfigurations: [
      ...(Array.isArray(servers) ? [{ Key: "domain-name-servers", Values: valuesOf(servers) }] : []),
      ...(typeof name === "string" ? [{ Key: "domain-name", Values: valuesOf([name]) }] : []),
    ],
  }),
  "AWS::EC2::Instance": asIs,
  "AWS::EC2::NatGateway": asIs,
  "AWS::EC2::NetworkAcl": asIs,
  "AWS::EC2::PrefixList": asIs,
  "AWS::EC2::RouteTable": asIs,
  "AWS::EC2::SecurityGroup": (fields) => ({
    ...fields,
    IpPermissions: permissionsIn(fields["IpPermissions"]),
    IpPermissionsEgress: permissionsIn(fields["IpPermissionsEgress"]),
  }),
  "AWS::EC2::Subnet": asIs,
  "AWS::EC2::VPC": asIs,
  "AWS::EC2::VPCEndpoint": asIs,
  "AWS::EC2::VPCPeeringConnection": ({ Status, ...others }) => ({
    ...others,
    Status: typeof Status === "string" ? { Code: Status } : Status,
  }),
  "AWS::IAM::Policy": asIs,
  "AWS::IAM::Role": asIs,
};

export const recordedTypes = Object.keys(forms) as RecordedType[];

const valuesOf = (values: readonly unknown[]) => values.map((Value) => ({ Value }));

/** Blocks are strings in `ipRanges`, and records in `ipv4Ranges`. */
function permissionsIn(permissions: unknown): Fields[] {
  return (Array.isArray(permissions) ? (permissions as Fields[]) : []).map(({ Ipv4Ranges, ...permission }) => ({
    ...permission,
    IpRanges: Ipv4Ranges,
  }));
}

/** The names of fields begin with a small letter, and enumerations are records with a `value`. */
function inSdkForm(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inSdkForm);
  if (typeof value !== "object" || value === null) return value ?? undefined;
  const fields = Object.entries(value);
  const [first] = fields;
  if (fields.length === 1 && first?.[0] === "value") return first[1];
  return Object.fromEntries(
    fields.map(([name, field]) => [`${name.charAt(0).toUpperCase()}${name.slice(1)}`, inSdkForm(field)]),
  );
}

/**
 * The resources of a type, as the SDK answers them; `undefined` where there is none: whether AWS Config records the type in that
 * account is not known, so that there may be some.
 */
export function ofType<T extends RecordedType>(items: readonly ConfigItem[], type: T): Recorded[T][] | undefined {
  const found = items.filter(({ resourceType }) => resourceType === type);
  if (found.length === 0) return undefined;
  return found.map(({ configuration, tags = [] }) => {
    const Tags = tags.map(({ key, value }) => ({ Key: key, Value: value }));
    return forms[type]({ ...(inSdkForm(configuration) as Fields), Tags }) as unknown as Recorded[T];
  });
}
