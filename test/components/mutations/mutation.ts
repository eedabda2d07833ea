import type { Hop } from "../../../policypack/path/hop";

export type Props = Readonly<Record<string, unknown>>;

/** One change to what the components create, and the hop that it must break. */
export interface Mutation {
  readonly hop: Hop;
  readonly what: string;
  readonly verdict: "blocked" | "unknown";
  /** Logical names of resources to omit, after the last word of the type if several have the same name. */
  readonly drop?: readonly string[];
  /** Changed properties of resources, by the same names. */
  readonly edit?: Readonly<Record<string, (props: Props) => Props>>;
  readonly add?: readonly { readonly type: string; readonly name: string; readonly props: Props }[];
}

export const blocked = (hop: Hop, what: string, change: Omit<Mutation, "hop" | "what" | "verdict">): Mutation => ({
  hop,
  what,
  verdict: "blocked",
  ...change,
});
export const unknown = (hop: Hop, what: string, change: Omit<Mutation, "hop" | "what" | "verdict">): Mutation => ({
  hop,
  what,
  verdict: "unknown",
  ...change,
});
export const edit = (name: string, props: Props) => ({ edit: { [name]: () => props } });

/** Logical names of the resources that are changed most. */
export const web = "prod-web-template";
export const ssm = "prod-endpoints-ssm";
export const ssmmessages = "prod-endpoints-ssmmessages";
export const s3 = "prod-endpoints-s3";
export const vpcId = "prod-network-vpc-id";

export const policy = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
export const onEverything = (Effect: string, ...Action: string[]) => ({ Effect, Action, Resource: "*" });

/** An entry of a network ACL for TCP, by default for all addresses. */
export type AclEntry = readonly [
  direction: "ingress" | "egress",
  action: "allow" | "deny",
  from: number,
  to: number,
  block?: string,
];

/** A network ACL for some of the network's subnets, in the order in which AWS evaluates it. */
export function acl(subnets: readonly string[], ...entries: readonly AclEntry[]) {
  const list = (direction: string) =>
    entries
      .filter(([of]) => of === direction)
      .map(([, action, fromPort, toPort, cidrBlock = "0.0.0.0/0"], i) => ({
        ruleNo: 100 + i,
        action,
        protocol: "tcp",
        fromPort,
        toPort,
        cidrBlock,
      }));
  return {
    add: [
      {
        type: "aws:ec2/networkAcl:NetworkAcl",
        name: "acl",
        props: {
          vpcId,
          subnetIds: subnets.map((subnet) => `prod-network-${subnet}-id`),
          ingress: list("ingress"),
          egress: list("egress"),
        },
      },
    ],
  };
}
