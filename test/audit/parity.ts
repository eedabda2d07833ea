import { type FleetPath, hopsInOrder } from "../../policypack/path/fleet-path";
import type { ExampleResource } from "../policypack/rules/analyze";

interface AssociationProps {
  readonly name: string;
  readonly targets?: readonly { readonly key: string; readonly values: readonly string[] }[];
  readonly scheduleExpression?: string;
  readonly parameters?: Readonly<Record<string, string | readonly string[]>>;
}

function textOf(document: unknown): string {
  return typeof document === "string" ? document : JSON.stringify(document);
}

/** A value with moto's IDs and names instead of those of the stack. */
function withIds<T>(value: T, ids: Readonly<Record<string, string>>): T {
  const text = Object.entries(ids).reduce((all, [old, made]) => all.replaceAll(old, made), JSON.stringify(value));
  return JSON.parse(text) as T;
}

/** What moto does not have, answered as AWS would answer for the resources of a stack. */
export function answersFor(resources: readonly ExampleResource[], ids: Readonly<Record<string, string>>) {
  const of = (kind: string): Readonly<Record<string, string>>[] =>
    resources.filter(({ type }) => type.endsWith(`:${kind}`)).map(({ props }) => props as Record<string, string>);
  const idOf = (id: string | undefined) => ids[id ?? ""] ?? id;
  const associations = of("Association") as unknown as AssociationProps[];
  const association = ({ name, targets, scheduleExpression, parameters = {} }: AssociationProps, i: number) => ({
    AssociationId: `association-${i}`,
    Name: name,
    Targets: (targets ?? []).map(({ key, values }) => ({ Key: key, Values: values.map(idOf) })),
    ScheduleExpression: scheduleExpression,
    Parameters: Object.fromEntries(
      Object.entries(parameters).map(([key, value]) => [
        key,
        withIds(typeof value === "string" ? [value] : value, ids),
      ]),
    ),
  });
  const [setting] = of("ServiceSetting");
  const managers = of("QuicksetupConfigurationManager") as unknown as {
    configurationDefinition: Record<string, object>;
  }[];
  return {
    "ssm:GetServiceSetting": setting
      ? {
          ServiceSetting: {
            SettingId: setting["settingId"],
            SettingValue: setting["settingValue"],
            Status: setting["status"],
          },
        }
      : {},
    "ssm:GetDocument": {
      by: "Name",
      answers: Object.fromEntries<object>(
        of("Document").flatMap(({ id = "", name = id, content }) =>
          [name, id].map((Name) => [Name, { Name, Content: textOf(withIds(content, ids)) }]),
        ),
      ),
    },
    "ssm:ListAssociations": { Associations: associations.map(association) },
    "ssm:DescribeAssociation": {
      by: "AssociationId",
      answers: Object.fromEntries(
        associations.map((one, i) => [`association-${i}`, { AssociationDescription: association(one, i) }]),
      ),
    },
    "route53profiles:ListProfileAssociations": {
      ProfileAssociations: of("ProfilesAssociation").map(({ resourceId }, i) => ({
        Id: String(i),
        ResourceId: idOf(resourceId),
      })),
    },
    ...publicAccessAnswers(of, idOf),
    ...firewallAnswers(resources, idOf),
    "route53resolver:ListResolverRuleAssociations": {
      ResolverRuleAssociations: of("ResolverRuleAssociation").map(({ vpcId, resolverRuleId }, i) => ({
        Id: String(i),
        VPCId: idOf(vpcId),
        ResolverRuleId: resolverRuleId,
      })),
    },
    "route53resolver:ListResolverRules": {
      ResolverRules: of("ResolverRule").map(({ id, domainName, ruleType }) => ({
        Id: id,
        DomainName: domainName,
        RuleType: ruleType,
      })),
    },
    "ssm-quicksetup:ListConfigurationManagers": {
      ConfigurationManagersList: managers.map((_, i) => ({ ManagerArn: String(i) })),
    },
    "ssm-quicksetup:GetConfigurationManager": {
      by: "ManagerArn",
      answers: Object.fromEntries(
        managers.map(({ configurationDefinition: { type, parameters } }, i) => [
          String(i),
          { ManagerArn: String(i), ConfigurationDefinitions: [{ Type: type, Parameters: parameters ?? {} }] },
        ]),
      ),
    },
  };
}

type ResourcesOf = (kind: string) => readonly Readonly<Record<string, string>>[];
type IdOf = (id: string | undefined) => string | undefined;

function publicAccessAnswers(of: ResourcesOf, idOf: IdOf) {
  const [options] = of("VpcBlockPublicAccessOptions").filter(({ region = "eu-west-1" }) => region === "eu-west-1");
  return {
    "ec2:DescribeVpcBlockPublicAccessOptions": {
      VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: options?.["internetGatewayBlockMode"] ?? "off" },
    },
    "ec2:DescribeVpcBlockPublicAccessExclusions": {
      VpcBlockPublicAccessExclusions: of("VpcBlockPublicAccessExclusion").map((one, i) => ({
        ExclusionId: `vpcbpa-exclude-${i}`,
        InternetGatewayExclusionMode: one["internetGatewayExclusionMode"],
        ResourceArn: `arn:aws:ec2:eu-west-1:123456789012:${one["subnetId"] === undefined ? `vpc/${idOf(one["vpcId"])}` : `subnet/${idOf(one["subnetId"])}`}`,
        State: "create-complete",
      })),
    },
  };
}

function firewallAnswers(resources: readonly ExampleResource[], idOf: IdOf) {
  const of = (kind: string) =>
    resources.filter(({ type }) => type.endsWith(`:${kind}`)).map(({ props }) => props as Record<string, unknown>);
  const rules = of("ResolverFirewallRule");
  const lists = of("ResolverFirewallDomainList");
  return {
    "route53resolver:ListFirewallRuleGroupAssociations": {
      FirewallRuleGroupAssociations: of("ResolverFirewallRuleGroupAssociation").map((one, i) => ({
        Id: String(i),
        VpcId: idOf(one["vpcId"] as string),
        FirewallRuleGroupId: one["firewallRuleGroupId"],
      })),
    },
    "route53resolver:ListFirewallRules": {
      by: "FirewallRuleGroupId",
      answers: Object.fromEntries(
        of("ResolverFirewallRuleGroup").map(({ id }) => [
          id as string,
          {
            FirewallRules: rules
              .filter(({ firewallRuleGroupId }) => firewallRuleGroupId === id)
              .map(({ firewallDomainListId, action, qType }) => ({
                FirewallDomainListId: firewallDomainListId,
                Action: action,
                Qtype: qType,
              })),
          },
        ]),
      ),
    },
    "route53resolver:ListFirewallDomainLists": { FirewallDomainLists: lists.map(({ id }) => ({ Id: id })) },
    "route53resolver:ListFirewallDomains": {
      by: "FirewallDomainListId",
      answers: Object.fromEntries(lists.map(({ id, domains }) => [id as string, { Domains: domains }])),
    },
  };
}

/** The hops that a state decides, with their verdicts in a path; an account may decide what a state cannot. */
export function decided(path: FleetPath, state: FleetPath): string[] {
  const hops = hopsInOrder(state).filter(({ verdict }) => verdict.verdict !== "unknown");
  return hops.map(({ hop }) => `${hop}: ${path.hops[hop].verdict}`);
}
