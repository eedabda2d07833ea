import { type RuleExamples, anonymousReads, json, s3Endpoint } from "./examples";

const denyOthers = {
  Effect: "Deny",
  Principal: "*",
  Action: "*",
  Resource: "*",
  Condition: { StringNotEquals: { "aws:SourceVpc": "vpc-0a1b2c3d4e5f67890" } },
};

export const examples: RuleExamples = {
  bad: [
    {
      title: "a policy with only a Deny",
      resources: [s3Endpoint(json(denyOthers))],
      findings: [
        '`policy` has one statement, none with `Effect: Allow`; expected at least one. To keep AWS\'s default and deny only what these statements name, add {"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}',
      ],
    },
    {
      title: "such a policy as a resource of its own",
      resources: [
        {
          type: "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
          name: "kms",
          props: { vpcEndpointId: "vpce-0a1b2c3d4e5f67890", policy: json(denyOthers, denyOthers) },
        },
      ],
      findings: [
        '`policy` has 2 statements, none with `Effect: Allow`; expected at least one. To keep AWS\'s default and deny only what these statements name, add {"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}',
      ],
    },
  ],
  good: [
    {
      title: "a Deny in addition to an Allow",
      resources: [s3Endpoint(json(anonymousReads, denyOthers))],
      findings: [],
    },
    { title: "an endpoint without a policy", resources: [s3Endpoint()], findings: [] },
  ],
};
