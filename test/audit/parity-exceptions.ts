/** Types that an audit does not read: AWS knows nothing of them once a program has run, or shows what they launch instead. */
export const programsOnly: readonly string[] = [
  "aws:batch/computeEnvironment:ComputeEnvironment",
  "aws:cloudformation/stack:Stack",
  "aws:ec2/fleet:Fleet",
  "aws:ec2/spotFleetRequest:SpotFleetRequest",
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
  "aws:elasticbeanstalk/environment:Environment",
  "aws:emr/cluster:Cluster",
  "aws:ec2/amiCopy:AmiCopy",
  "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive",
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
  "aws:ssm/parameter:Parameter",
];

const blackholes = "moto calls every route active; that the state of a route is read is in mapping.test.ts";
const elsewhere = "a prefix list of no account has no entries, and AWS's has";
const exclusions = "an audit does not read exclusions, so that where Block Public Access is on, it is unknown";

const anotherAccount = "the policy names an account that is not moto's, and an endpoint of an account says whose it is";

/** Traps whose account tells otherwise than their state, or that moto cannot be, each with why. */
export const tellsOtherwise: Readonly<Record<string, string>> = {
  "a launch template that no resource of the stack uses": "a template that launches nothing is no fleet of an account",
  "an Auto Scaling group with a launch template that is not in the stack": "a group names a template of its account",
  "an instance profile that is not in the stack": "an account has the profiles of its instances",
  "a default route whose target no longer exists": blackholes,
  "central endpoints, and a return route that is a blackhole": blackholes,
  "a default route to NAT, and a route to a transit gateway for a prefix list that is not in the stack": elsewhere,
  "NAT, and a route by `coreNetworkArn` for a prefix list that is not in the stack": elsewhere,
  "NAT, and a route by `localGatewayId` for a prefix list that is not in the stack": elsewhere,
  "VPC Block Public Access in both directions, with NAT": exclusions,
  "VPC Block Public Access for inbound traffic, with a public IP address": exclusions,
  "VPC Block Public Access with another VPC excluded": exclusions,
  "a DNS Firewall that blocks AWS domain names": "an audit does not read the rules of DNS Firewall",
  "a Resolver rule that forwards all names, and a system rule for AWS domain names":
    "an audit reads rules that forward, and leaves what they concern unknown",
  "an S3 interface endpoint with dual-stack addresses and private DNS": "moto forgets the DNS options of endpoints",
  "an S3 interface endpoint in a subnet with a route to an appliance that is more specific than the local route":
    "the appliance's network interface is in no account of this stack",
  "an endpoint policy that denies writing the server's parameter": anotherAccount,
  "an endpoint policy that allows the server to write its parameter": anotherAccount,
  "a regional NAT gateway": "moto has none",
  "an IPv6-only subnet": "moto has none",
  "a subnet of the default VPC": "the seeder creates no default subnets",
  "two WSUS servers, and a DNS record for one": "a record is in a hosted zone of its account",
  "a subnet that is not in the stack": "an account has the subnets of its instances",
};
