import { aws, endpointOnly } from "../policypack/path/traps/bases";
import type { LiveAccount } from "./account";
import { filters, thrice } from "./whole-filters";

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});
const document = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "ssm:*", Resource: "*" }],
});
const arnOfManager = (i: number) => `arn:aws:ssm-quicksetup:eu-west-1:123456789012:configuration-manager/m-${i}`;

/**
 * Three of everything that an audit lists, so that each list has three pages of one item, and an audit sends every call
 * in calls.ts. Created in moto, or answered if moto does not have it.
 *
 * @returns the ids of the instances
 */
export async function fillAccount(account: LiveAccount): Promise<string[]> {
  await account.seed([
    ...endpointOnly,
    ...thrice.map((i) =>
      aws("ec2/managedPrefixList:ManagedPrefixList", `list-${i}`, {
        id: `pl-own-${i}`,
        entries: thrice.map((j) => ({ cidr: `10.${i}.${j}.0/24` })),
      }),
    ),
    ...thrice.map((i) =>
      aws("ec2/vpcDhcpOptions:VpcDhcpOptions", `dhcp-${i}`, {
        id: `dopt-own-${i}`,
        domainNameServers: [`10.0.0.${i}`],
      }),
    ),
  ]);
  const vpcs = await idsOf(account, "create_vpc", "Vpc", "VpcId", (i) => ({ CidrBlock: `10.${i + 10}.0.0/16` }));
  const subnets = await idsOf(account, "create_subnet", "Subnet", "SubnetId", (i) => ({
    VpcId: vpcs[i],
    CidrBlock: `10.${i + 10}.1.0/24`,
  }));
  for (const SubnetId of subnets) await account.call("ec2", "create_nat_gateway", { SubnetId });
  const gateways = await idsOf(account, "create_transit_gateway", "TransitGateway", "TransitGatewayId", () => ({}));
  for (const i of thrice) await transit(account, gateways[0]!, vpcs[i]!, subnets[i]!, i);
  for (const i of thrice) {
    await account.call("ec2", "create_vpc_peering_connection", { VpcId: vpcs[i], PeerVpcId: vpcs[(i + 1) % 3] });
    await account.call("route53", "create_hosted_zone", {
      Name: `${["ssm", "ssmmessages", "s3"][i]!}.eu-west-1.amazonaws.com`,
      CallerReference: String(i),
      HostedZoneConfig: { PrivateZone: true },
      VPC: { VPCRegion: "eu-west-1", VPCId: vpcs[0] },
    });
  }
  await roles(account);
  await clusters(account, subnets);
  const instances = await fleets(account, subnets);
  await windows(account);
  await account.answers(answersFor(instances, vpcs[0]!));
  return instances;
}

async function idsOf(
  account: LiveAccount,
  operation: string,
  record: string,
  id: string,
  parametersOf: (i: number) => object,
): Promise<string[]> {
  const ids: string[] = [];
  for (const i of thrice) {
    const made = (await account.call("ec2", operation, parametersOf(i))) as Record<string, Record<string, string>>;
    ids.push(made[record]![id]!);
  }
  return ids;
}

async function transit(account: LiveAccount, TransitGatewayId: string, VpcId: string, subnet: string, i: number) {
  await account.call("ec2", "create_transit_gateway_vpc_attachment", { TransitGatewayId, VpcId, SubnetIds: [subnet] });
  const made = await account.call("ec2", "create_transit_gateway_route_table", { TransitGatewayId });
  const { TransitGatewayRouteTableId } = made["TransitGatewayRouteTable"] as Record<string, string>;
  for (const j of thrice) {
    const DestinationCidrBlock = `10.${100 + i}.${j}.0/24`;
    const route = { TransitGatewayRouteTableId, DestinationCidrBlock, Blackhole: true };
    await account.call("ec2", "create_transit_gateway_route", route);
  }
}

/** A role with three policies of each kind and a boundary. */
async function roles(account: LiveAccount) {
  const RoleName = "many";
  const arn = async (PolicyName: string) => {
    const made = await account.call("iam", "create_policy", { PolicyName, PolicyDocument: document });
    return (made["Policy"] as Record<string, string>)["Arn"]!;
  };
  await account.call("iam", "create_role", {
    RoleName,
    AssumeRolePolicyDocument: trust,
    PermissionsBoundary: await arn("boundary"),
  });
  for (const i of thrice) {
    await account.call("iam", "attach_role_policy", { RoleName, PolicyArn: await arn(`attached-${i}`) });
    await account.call("iam", "put_role_policy", { RoleName, PolicyName: `inline-${i}`, PolicyDocument: document });
  }
  await account.call("iam", "create_instance_profile", { InstanceProfileName: "many" });
  await account.call("iam", "add_role_to_instance_profile", { InstanceProfileName: "many", RoleName });
}

/** Three clusters; the first has three node groups. */
async function clusters(account: LiveAccount, subnets: readonly string[]) {
  const role = "arn:aws:iam::123456789012:role/many";
  for (const i of thrice) {
    const cluster = { name: `cluster-${i}`, roleArn: role, resourcesVpcConfig: {} };
    await account.call("eks", "create_cluster", cluster);
  }
  for (const i of thrice) {
    const nodes = { clusterName: "cluster-0", nodegroupName: `nodes-${i}`, nodeRole: role, subnets: [subnets[i]] };
    await account.call("eks", "create_nodegroup", { ...nodes, amiType: "AL2023_x86_64_STANDARD" });
  }
}

/** Three AMIs with an instance of each, three groups with launch templates and three with launch configurations. */
async function fleets(account: LiveAccount, subnets: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const i of thrice) {
    const image = await account.call("ec2", "register_image", { Name: `own-${i}`, RootDeviceName: "/dev/xvda" });
    const ImageId = image["ImageId"] as string;
    const made = await account.call("ec2", "run_instances", {
      ImageId,
      MinCount: 1,
      MaxCount: 1,
      SubnetId: subnets[i],
      IamInstanceProfile: { Name: "many" },
      UserData: "#!/bin/sh\necho a-secret-of-user-data",
    });
    ids.push((made["Instances"] as Record<string, string>[])[0]!["InstanceId"]!);
    const template = await account.call("ec2", "create_launch_template", {
      LaunchTemplateName: `template-${i}`,
      LaunchTemplateData: { ImageId, UserData: Buffer.from("echo a-secret-of-a-template").toString("base64") },
    });
    const { LaunchTemplateId } = template["LaunchTemplate"] as Record<string, string>;
    await group(account, `by-template-${i}`, subnets[i]!, { LaunchTemplate: { LaunchTemplateId, Version: "$Latest" } });
    const LaunchConfigurationName = `configuration-${i}`;
    await account.call("autoscaling", "create_launch_configuration", {
      LaunchConfigurationName,
      ImageId,
      InstanceType: "t3.micro",
    });
    await group(account, `by-configuration-${i}`, subnets[i]!, { LaunchConfigurationName });
  }
  return ids;
}

async function group(account: LiveAccount, AutoScalingGroupName: string, VPCZoneIdentifier: string, launch: object) {
  const size = { MinSize: 0, MaxSize: 1, DesiredCapacity: 0 };
  const parameters = { AutoScalingGroupName, VPCZoneIdentifier, ...size, ...launch };
  await account.call("autoscaling", "create_auto_scaling_group", parameters);
}

/** Three maintenance windows; the first has three targets and three tasks. */
async function windows(account: LiveAccount) {
  const ids: string[] = [];
  for (const i of thrice) {
    const made = await account.call("ssm", "create_maintenance_window", {
      Name: `window-${i}`,
      Schedule: "cron(0 18 ? * SUN *)",
      Duration: 3,
      Cutoff: 1,
      AllowUnassociatedTargets: false,
    });
    ids.push(made["WindowId"] as string);
  }
  const Targets = [{ Key: "tag:PatchGroup", Values: ["prod"] }];
  for (const i of thrice) {
    const target = { WindowId: ids[0], ResourceType: "INSTANCE", Targets, Name: `target-${i}` };
    await account.call("ssm", "register_target_with_maintenance_window", target);
    await account.call("ssm", "register_task_with_maintenance_window", {
      WindowId: ids[0],
      TaskType: "RUN_COMMAND",
      TaskArn: "AWS-RunPatchBaseline",
      Targets,
      TaskInvocationParameters: { RunCommand: { Parameters: { Operation: ["Install"] } } },
    });
  }
}

/** What moto does not have, in the shapes of AWS's API reference. */
export function answersFor(instances: readonly string[], vpcId: string): Record<string, object> {
  const association = (i: number) => ({
    AssociationId: `association-${i}`,
    Name: "of-the-team",
    Targets: [{ Key: "tag:PatchGroup", Values: ["prod"] }],
    ScheduleExpression: "rate(1 day)",
  });
  return {
    "ssm:DescribeInstanceInformation": {
      InstanceInformationList: instances.map((InstanceId) => ({
        InstanceId,
        PingStatus: "Online",
        LastPingDateTime: "2026-11-28T09:00:00Z",
        AgentVersion: "3.3.987.0",
        PlatformType: "Linux",
        PlatformName: "Amazon Linux",
        PlatformVersion: "2023",
      })),
    },
    "ssm:DescribeInstancePatchStates": {
      InstancePatchStates: instances.map((InstanceId) => ({
        InstanceId,
        PatchGroup: "prod",
        BaselineId: "pb-1",
        OperationStartTime: "2026-11-27T18:00:00Z",
        OperationEndTime: "2026-11-27T18:05:00Z",
        Operation: "Install",
        InstalledCount: 12,
        MissingCount: 0,
        FailedCount: 0,
      })),
    },
    "ssm:ListResourceComplianceSummaries": {
      ResourceComplianceSummaryItems: instances.map((ResourceId) => ({
        ComplianceType: "Patch",
        ResourceType: "ManagedInstance",
        ResourceId,
        Status: "COMPLIANT",
      })),
    },
    "ssm:ListAssociations": { Associations: thrice.map(association) },
    "ssm:DescribeAssociation": {
      by: "AssociationId",
      answers: Object.fromEntries(
        thrice.map((i) => [
          `association-${i}`,
          { AssociationDescription: { ...association(i), Parameters: { commands: ["echo a-secret-of-a-command"] } } },
        ]),
      ),
    },
    "ssm:GetDocument": { Name: "of-the-team", Content: '{"mainSteps":[{"inputs":"a-secret-of-a-document"}]}' },
    "ssm:DescribePatchGroups": {
      Mappings: thrice.map((i) => ({
        PatchGroup: `group-${i}`,
        BaselineIdentity: { BaselineId: `pb-${i}`, BaselineName: "own", OperatingSystem: "AMAZON_LINUX_2023" },
      })),
    },
    "ssm:GetServiceSetting": {
      ServiceSetting: {
        SettingId: "/ssm/managed-instance/default-ec2-instance-management-role",
        SettingValue: "$None",
        Status: "Default",
      },
    },
    "route53resolver:ListResolverRuleAssociations": {
      ResolverRuleAssociations: thrice.map((i) => ({
        Id: `association-${i}`,
        ResolverRuleId: `rule-${i}`,
        VPCId: vpcId,
      })),
    },
    "route53resolver:ListResolverRules": {
      ResolverRules: thrice.map((i) => ({
        Id: `rule-${i}`,
        DomainName: ["corp.example.", "amazonaws.com.", "."][i],
        RuleType: i === 2 ? "RECURSIVE" : "FORWARD",
      })),
    },
    ...filters(vpcId),
    "route53profiles:ListProfileAssociations": {
      ProfileAssociations: thrice.map((i) => ({
        Id: `profile-association-${i}`,
        Name: `profile-${i}`,
        ResourceId: vpcId,
      })),
    },
    "ssm-quicksetup:ListConfigurationManagers": {
      ConfigurationManagersList: thrice.map((i) => ({ ManagerArn: arnOfManager(i) })),
    },
    "ssm-quicksetup:GetConfigurationManager": {
      by: "ManagerArn",
      answers: Object.fromEntries(
        thrice.map((i) => [
          arnOfManager(i),
          {
            ManagerArn: arnOfManager(i),
            Name: `manager-${i}`,
            ConfigurationDefinitions: [
              { Type: "AWSQuickSetupType-PatchPolicy", Parameters: { TargetType: "*", PatchPolicyName: "all" } },
            ],
          },
        ]),
      ),
    },
  };
}
