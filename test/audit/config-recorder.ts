import type { LiveAccount } from "./account";

type Fields = Readonly<Record<string, unknown>>;

/** Where EC2 lists the resources of a type of AWS Config. */
const described = [
  ["AWS::EC2::VPC", "describe_vpcs", "Vpcs"],
  ["AWS::EC2::Subnet", "describe_subnets", "Subnets"],
  ["AWS::EC2::RouteTable", "describe_route_tables", "RouteTables"],
  ["AWS::EC2::NatGateway", "describe_nat_gateways", "NatGateways"],
  ["AWS::EC2::SecurityGroup", "describe_security_groups", "SecurityGroups"],
  ["AWS::EC2::NetworkAcl", "describe_network_acls", "NetworkAcls"],
  ["AWS::EC2::VPCEndpoint", "describe_vpc_endpoints", "VpcEndpoints"],
  ["AWS::EC2::VPCPeeringConnection", "describe_vpc_peering_connections", "VpcPeeringConnections"],
] as const;

/**
 * What AWS Config would record for an emulated account: EC2's descriptions in the form of
 * https://github.com/awslabs/aws-config-resource-schema (`config/properties`, commit adf5513), where fields begin with a small
 * letter, some enumerations are records, and blocks of rules are listed twice. It does not prove that AWS Config answers the same.
 *
 * @returns one line of JSON for each resource, as `SelectAggregateResourceConfig` answers
 */
export async function recordingOf(account: LiveAccount, accountId: string, awsRegion: string): Promise<string[]> {
  const item = (resourceType: string, configuration: Fields, region = awsRegion) => {
    const { tags = [], ...others } = configuration;
    return JSON.stringify({ accountId, awsRegion: region, resourceType, configuration: others, tags });
  };
  const lists = await Promise.all(
    described.map(async ([type, operation, list]) => {
      const answer = await account.call("ec2", operation, {});
      return (answer[list] as Fields[]).map((one) => item(type, recorded(type, lowered(one) as Fields)));
    }),
  );
  const { Reservations } = await account.call("ec2", "describe_instances", {});
  const instances = (Reservations as { Instances: Fields[] }[]).flatMap(({ Instances }) => Instances);
  return [
    ...lists.flat(),
    ...instances.map((one) => item("AWS::EC2::Instance", lowered(one) as Fields)),
    ...(await rolesOf(account)).map((role) => item("AWS::IAM::Role", role, "global")),
  ];
}

function recorded(type: string, fields: Fields): Fields {
  const { state } = fields;
  const wrapped = typeof state === "string" ? { ...fields, state: { value: state } } : fields;
  if (type !== "AWS::EC2::SecurityGroup") return wrapped;
  const permissions = (name: string) =>
    (fields[name] as Fields[]).map(({ ipRanges, ...others }) => {
      const ipv4Ranges = (ipRanges ?? []) as { cidrIp: string }[];
      return { ...others, ipv4Ranges, ipRanges: ipv4Ranges.map(({ cidrIp }) => cidrIp) };
    });
  return {
    ...wrapped,
    ipPermissions: permissions("ipPermissions"),
    ipPermissionsEgress: permissions("ipPermissionsEgress"),
  };
}

async function rolesOf(account: LiveAccount): Promise<Fields[]> {
  const { Roles } = await account.call("iam", "list_roles", {});
  return Promise.all(
    (Roles as Fields[]).map(async (role) => {
      const RoleName = role["RoleName"];
      const profiles = await account.call("iam", "list_instance_profiles_for_role", { RoleName });
      const attached = await account.call("iam", "list_attached_role_policies", { RoleName });
      return {
        ...(lowered(role) as Fields),
        assumeRolePolicyDocument: encodeURIComponent(JSON.stringify(role["AssumeRolePolicyDocument"])),
        instanceProfileList: lowered(profiles["InstanceProfiles"]),
        attachedManagedPolicies: lowered(attached["AttachedPolicies"]),
        rolePolicyList: [],
      };
    }),
  );
}

function lowered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowered);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [`${name.charAt(0).toLowerCase()}${name.slice(1)}`, lowered(field)]),
  );
}
