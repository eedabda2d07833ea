import { accountId } from "../account";
import { oneOf, within } from "./checks";
import { type Created, type TypeRow, constant, ec2Id } from "./row";

/** ARNs of load balancing end in the ids of what they name. */
const balancingArn =
  (resource: (created: Created) => string) =>
  (created: Created): string =>
    `arn:${created.place.partition}:elasticloadbalancing:${created.place.region}:${accountId}:${resource(created)}`;

const targetGroup: TypeRow = {
  id: balancingArn((c) => `targetgroup/${c.text("name")}/${c.hex(16)}`),
  computed: {
    arn: ({ id }) => id,
    arnSuffix: ({ id }) => id.split(":").at(-1) ?? "",
    healthCheck: constant({ enabled: true, path: "/", protocol: "HTTP", port: "traffic-port" }),
    ipAddressType: constant("ipv4"),
    loadBalancerArns: constant([]),
    loadBalancingAlgorithmType: constant("round_robin"),
    protocolVersion: constant("HTTP1"),
    stickiness: constant({ enabled: false, type: "lb_cookie" }),
  },
  autoname: { input: "name", maxLength: 32 },
  defaults: { deregistrationDelay: 300, slowStart: 0, targetType: "instance" },
  replaceOn: ["ipAddressType", "name", "namePrefix", "port", "protocol", "targetType", "vpcId"],
  checks: [oneOf("targetType", "instance", "ip", "lambda", "alb"), within("port", 1, 65_535)],
};

const listener: TypeRow = {
  id: balancingArn((c) => `listener/app/${c.text("loadBalancerArn").split("/").slice(-2).join("/")}/${c.hex(16)}`),
  computed: { arn: ({ id }) => id, protocol: constant("HTTP"), sslPolicy: constant("") },
  replaceOn: ["loadBalancerArn"],
};

/** `aws.lb` and `aws.alb` are two names of the same types. */
const loadBalancer: TypeRow = {
  id: ({ hex, place, text }) =>
    `arn:${place.partition}:elasticloadbalancing:${place.region}:${accountId}:loadbalancer/app/${text("name")}/${hex(16)}`,
  computed: {
    arn: ({ id }) => id,
    arnSuffix: ({ id }) => id.split(":loadbalancer/")[1] ?? "",
    dnsName: ({ place, text }) => `${text("name")}.${place.region}.elb.${place.dnsSuffix}`,
    vpcId: ec2Id("vpc"),
    zoneId: constant("Z0OFFLINE"),
    securityGroups: constant([]),
    subnets: constant([]),
  },
  autoname: { input: "name", maxLength: 32 },
  defaults: { internal: false, loadBalancerType: "application", idleTimeout: 60, enableDeletionProtection: false },
  replaceOn: ["internal", "loadBalancerType", "name", "namePrefix"],
};

const attachment: TypeRow = {
  id: ({ hex, text }) => `${text("targetGroupArn")}-${hex(26)}`,
  replaceOn: ["availabilityZone", "port", "targetGroupArn", "targetId"],
};

export const loadBalancing: Readonly<Record<string, TypeRow>> = {
  "aws:lb/loadBalancer:LoadBalancer": loadBalancer,
  "aws:lb/targetGroup:TargetGroup": targetGroup,
  "aws:lb/listener:Listener": listener,
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": attachment,
};
