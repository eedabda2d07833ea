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

/** Traps whose account tells otherwise than their state, each with why. */
export const tellsOtherwise: Readonly<Record<string, string>> = {
  "a launch template that no resource of the stack uses": "a template that launches nothing is no fleet of an account",
  "a group of a template that is not in the stack": "a group names a template of its account",
  "an instance profile from elsewhere": "an account has the profiles of its instances",
  "a subnet from elsewhere": "an account has the subnets of its instances",
};
