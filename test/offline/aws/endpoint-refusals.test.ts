import { match, throws } from "node:assert/strict";
import { failuresOf, ref, stand, vpcRef } from "./stand";

describe("the strictness of the stand-in AWS about endpoints", () => {
  it("rejects private DNS in a VPC without DNS hostnames, and a second one for the same service", () => {
    const aws = stand();
    const plain = aws.create(vpcRef, { cidrBlock: "10.0.0.0/16", enableDnsSupport: true });
    const endpoint = {
      vpcId: plain.id,
      serviceName: "com.amazonaws.eu-west-1.ssm",
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
    };
    match(
      failuresOf("aws:ec2/vpcEndpoint:VpcEndpoint", endpoint, aws)[0]!,
      /requires both enableDnsSupport and enableDnsHostnames/,
    );
    const named = aws.create(ref("aws:ec2/vpc:Vpc", "named"), {
      cidrBlock: "10.1.0.0/16",
      enableDnsSupport: true,
      enableDnsHostnames: true,
    });
    const first = { ...endpoint, vpcId: named.id };
    aws.create(ref("aws:ec2/vpcEndpoint:VpcEndpoint", "first"), first);
    match(
      failuresOf("aws:ec2/vpcEndpoint:VpcEndpoint", first, aws)[0]!,
      /vpce-\w+ already has a conflicting DNS domain/,
    );
    // Created in parallel, both pass the check of the preview; AWS rejects the second.
    throws(() => aws.create(ref("aws:ec2/vpcEndpoint:VpcEndpoint", "second"), first), /conflicting DNS domain/);
  });

  it("rejects a second gateway endpoint of one service for a route table", () => {
    const aws = stand();
    const vpc = aws.create(ref("aws:ec2/vpc:Vpc", "vpc"), { cidrBlock: "10.0.0.0/16" });
    const table = aws.create(ref("aws:ec2/routeTable:RouteTable", "private"), { vpcId: vpc.id });
    const s3 = { vpcId: vpc.id, serviceName: "com.amazonaws.eu-west-1.s3", routeTableIds: [table.id] };
    aws.create(ref("aws:ec2/vpcEndpoint:VpcEndpoint", "first"), s3);
    match(failuresOf("aws:ec2/vpcEndpoint:VpcEndpoint", s3, aws)[0]!, /already has a route to vpce-\w+/);
  });
});
