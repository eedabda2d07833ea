/** Types that an audit does not read: they do not exist in AWS after an update, or AWS shows what they launch. */
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

const blackholes = "moto reports every route as active; mapping.test.ts tests that the state of a route is read";
const elsewhere = "a prefix list that is in no account has no entries, and that of AWS has";

const notKnown = "what is not known yet in a program has a value in an account";
const noRegionalNat = "moto does not support regional NAT gateways";
const addressType = "moto does not store the address type of endpoints";

const anotherAccount = "the policy has another account than moto's, and an endpoint in an account has an owner ID";

/** Traps whose account differs from their state, or that moto cannot emulate, each with the reason. */
export const tellsOtherwise: Readonly<Record<string, string>> = {
  "a launch template that no resource of the stack uses":
    "a launch template that launches nothing is not a fleet of an account",
  "an Auto Scaling group with a launch template that is not in the stack":
    "an Auto Scaling group refers to a launch template in its account",
  "an instance profile that is not in the stack": "an account has the instance profiles of its instances",
  "a default route whose target no longer exists": blackholes,
  "central endpoints, and a return route that is a blackhole": blackholes,
  "a default route to NAT, and a route to a transit gateway for a prefix list that is not in the stack": elsewhere,
  "NAT, and a route by `coreNetworkArn` for a prefix list that is not in the stack": elsewhere,
  "NAT, and a route by `localGatewayId` for a prefix list that is not in the stack": elsewhere,
  "a Resolver rule that forwards all names, and a system rule for AWS domain names":
    "an audit reads forwarding rules, and leaves the names that they cover unknown",
  "an S3 interface endpoint with dual-stack addresses and private DNS":
    "moto does not store the DNS options of endpoints",
  "an S3 interface endpoint whose private DNS an EndpointPrivateDns enables": addressType,
  "an S3 interface endpoint in a subnet with a route to an appliance that is more specific than the local route":
    "the appliance's network interface is not in the stack, so it cannot be created in the account",
  "an endpoint policy that denies writing the server's parameter": anotherAccount,
  "an endpoint policy that allows the server to write its parameter": anotherAccount,
  "a regional NAT gateway": noRegionalNat,
  "an IPv6-only subnet": "moto does not support it",
  "a subnet of the default VPC": "the seeder creates no default subnets",
  "two WSUS servers, and a DNS record for one": "a record in an account requires its hosted zone",
  "a subnet that is not in the stack": "an account has the subnets of its instances",
  "a managed node group without amiType or an image": "EKS reports the AMI type that it chose",
  "an instance profile whose name is a secret": "an account has no secrets",
  "central endpoints, and a carrier gateway as the spoke's only route":
    "the carrier gateway is not in the stack, so it cannot be created in the account",
  "central endpoints, and a blackhole route to the hub": blackholes,
  "central endpoints in a subnet whose CIDR block is not known yet": notKnown,
  "endpoints in another subnet of a VPC whose CIDR blocks are not known yet, behind NAT": notKnown,
  "an association that may not run on the server, and an endpoint policy that allows the agent's actions only":
    notKnown,
  "an endpoint in a subnet that is not in the stack": "an account has the subnets of its endpoints",
  "a regional NAT gateway with VPC Block Public Access for inbound traffic": noRegionalNat,
  "a regional NAT gateway, and an internet gateway that InternetGatewayAttachment attaches": noRegionalNat,
  "an endpoint policy that allows the server to write several parameters, one of them its own": anotherAccount,
  "an endpoint policy that allows the server to write a parameter whose name has no leading slash": anotherAccount,
  "an endpoint policy that allows writing any parameter but the server's": anotherAccount,
  "an endpoint policy that allows writing the parameter only to the role of the instances": anotherAccount,
  "a private hosted zone for all AWS domain names, and interface endpoints with private DNS": addressType,
  "a private hosted zone for all AWS domain names, and private DNS off on one interface endpoint": addressType,
};
