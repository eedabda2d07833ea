import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { PatchTopology } from "@patchpath/components";
import { args } from "./made-by-patching";
import { type Recorded, recorded } from "./with-mocks";

describe("PatchTopology, endpoint-only", () => {
  let resources: Recorded[];
  before(async () => {
    resources = await recorded((opts) => new PatchTopology("prod", args, opts));
  });

  const inputsOf = (type: string, name: string) => {
    const found = resources.find((resource) => resource.type === type && resource.name === name);
    ok(found, `there is no ${type} ${name}`);
    return found.inputs;
  };

  it("has a parent for each child, whose name starts with that of the parent", () => {
    for (const { type, name, parent } of resources) {
      if (type === "patchpath:topology:PatchTopology") continue;
      ok(parent, `${type} ${name} has no parent`);
      ok(name.startsWith(`${parent}-`), `${type} ${name} is below ${parent}`);
    }
  });

  it("has the DNS settings that private endpoint names require", () => {
    const { enableDnsSupport, enableDnsHostnames } = inputsOf("aws:ec2/vpc:Vpc", "prod-network-vpc");
    deepStrictEqual({ enableDnsSupport, enableDnsHostnames }, { enableDnsSupport: true, enableDnsHostnames: true });
  });

  it("has a subnet without public addresses and a route table in each zone", () => {
    deepStrictEqual(inputsOf("aws:ec2/subnet:Subnet", "prod-network-isolated-1"), {
      vpcId: "prod-network-vpc-id",
      cidrBlock: "10.20.16.0/20",
      availabilityZone: "eu-west-1b",
      mapPublicIpOnLaunch: false,
      tags: { Name: "prod-network-isolated-1" },
    });
    deepStrictEqual(inputsOf("aws:ec2/routeTableAssociation:RouteTableAssociation", "prod-network-isolated-1"), {
      subnetId: "prod-network-isolated-1-id",
      routeTableId: "prod-network-isolated-1-id",
    });
  });

  it("has a group that launches from the latest template, and refreshes its instances only if configured", async () => {
    const group = inputsOf("aws:autoscaling/group:Group", "prod-web-group");
    deepStrictEqual(group["launchTemplate"], { id: "prod-web-template-id", version: "$Latest" });
    strictEqual(group["instanceRefresh"], undefined);
    const fleets = [{ ...args.fleets[0]!, size: { min: 1, max: 1 }, instanceType: "t3.micro", instanceRefresh: true }];
    const made = await recorded((opts) => new PatchTopology("prod", { ...args, fleets }, opts));
    const refreshed = made.find(({ type }) => type === "aws:autoscaling/group:Group")!.inputs;
    // The provider starts no refresh if the version is `$Latest`.
    deepStrictEqual(refreshed["launchTemplate"], { id: "prod-web-template-id", version: "1" });
    deepStrictEqual(refreshed["instanceRefresh"], { strategy: "Rolling" });
  });

  it("has the endpoints of the agent in every subnet, with private DNS", () => {
    const { policy: _, ...inputs } = inputsOf("aws:ec2/vpcEndpoint:VpcEndpoint", "prod-endpoints-ssmmessages");
    deepStrictEqual(inputs, {
      vpcId: "prod-network-vpc-id",
      vpcEndpointType: "Interface",
      serviceName: "com.amazonaws.eu-west-1.ssmmessages",
      privateDnsEnabled: true,
      subnetIds: ["prod-network-isolated-0-id", "prod-network-isolated-1-id"],
      securityGroupIds: ["prod-endpoints-interface-id"],
      tags: { Name: "prod-endpoints-ssmmessages" },
    });
  });

  it("associates the S3 endpoint with every route table", () => {
    const { policy: _, ...inputs } = inputsOf("aws:ec2/vpcEndpoint:VpcEndpoint", "prod-endpoints-s3");
    deepStrictEqual(inputs, {
      vpcId: "prod-network-vpc-id",
      vpcEndpointType: "Gateway",
      serviceName: "com.amazonaws.eu-west-1.s3",
      routeTableIds: ["prod-network-isolated-0-id", "prod-network-isolated-1-id"],
      tags: { Name: "prod-endpoints-s3" },
    });
  });

  it("allows 443 from the fleet to the endpoints and to S3, and no ingress to the fleet", () => {
    const rules = resources.filter(({ type }) => type.startsWith("aws:vpc/securityGroup"));
    deepStrictEqual(
      rules.map(({ name, inputs: { description: _, ...inputs } }) => [name, inputs]),
      [
        [
          "prod-web-to-endpoints",
          {
            securityGroupId: "prod-web-instances-id",
            referencedSecurityGroupId: "prod-endpoints-interface-id",
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
          },
        ],
        [
          "prod-web-to-s3",
          {
            securityGroupId: "prod-web-instances-id",
            prefixListId: "pl-of-prod-endpoints-s3",
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
          },
        ],
        [
          "prod-web-into-endpoints",
          {
            securityGroupId: "prod-endpoints-interface-id",
            referencedSecurityGroupId: "prod-web-instances-id",
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
          },
        ],
      ],
    );
  });

  it("launches hardened instances from the latest image, tagged with the patch group", () => {
    const fleet = { "patchpath:fleet": "prod-group-web" };
    const tags = { ...fleet, Name: "prod-web", PatchGroup: "prod-group" };
    deepStrictEqual(inputsOf("aws:ec2/launchTemplate:LaunchTemplate", "prod-web-template"), {
      imageId: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
      instanceType: "t3.micro",
      updateDefaultVersion: true,
      iamInstanceProfile: { arn: "arn:aws:mock:::prod-web-instance-profile" },
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      networkInterfaces: [
        {
          deviceIndex: 0,
          associatePublicIpAddress: "false",
          deleteOnTermination: "true",
          securityGroups: ["prod-web-instances-id"],
        },
      ],
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: { encrypted: "true", volumeType: "gp3", volumeSize: 20, deleteOnTermination: "true" },
        },
      ],
      tagSpecifications: [
        { resourceType: "instance", tags },
        { resourceType: "volume", tags },
      ],
      tags: { ...fleet, Name: "prod-web-template" },
    });
  });

  it("patches the group with a maintenance window, half of the instances at a time", () => {
    const { targets } = inputsOf("aws:ssm/maintenanceWindowTarget:MaintenanceWindowTarget", "prod-patch-target");
    deepStrictEqual(targets, [{ key: "tag:PatchGroup", values: ["prod-group"] }]);
    const task = inputsOf("aws:ssm/maintenanceWindowTask:MaintenanceWindowTask", "prod-patch-task");
    strictEqual(task["taskArn"], "AWS-RunPatchBaseline");
    strictEqual(task["maxConcurrency"], "50%");
    deepStrictEqual(
      (task["taskInvocationParameters"] as { runCommandParameters: { parameters: unknown } }).runCommandParameters
        .parameters,
      [
        { name: "Operation", values: ["Install"] },
        { name: "RebootOption", values: ["RebootIfNeeded"] },
      ],
    );
  });

  it("uses no deprecated policy, and reads only the SSM buckets in S3", () => {
    strictEqual(
      inputsOf("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "prod-web-instance-core")["policyArn"],
      "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
    );
    const policy = JSON.parse(
      inputsOf("aws:iam/rolePolicy:RolePolicy", "prod-web-instance-ssm-buckets")["policy"] as string,
    ) as { Statement: { Action: string; Resource: string[] }[] };
    strictEqual(policy.Statement.length, 1);
    strictEqual(policy.Statement[0]?.Action, "s3:GetObject");
    ok(policy.Statement[0].Resource.includes("arn:aws:s3:::aws-patch-manager-eu-west-1-5522fb710/*"));
    ok(
      policy.Statement[0].Resource.every((resource) =>
        /^arn:aws:s3:::[a-z0-9-]*eu-west-1[a-z0-9-]*\/\*$/.test(resource),
      ),
    );
  });
});

describe("PatchTopology, wsus", () => {
  it("has the same permissions boundary, path and sessions for the role of the server as for those of the fleets", async () => {
    const fleet = { ...args.fleets[0]!, name: "files", operatingSystem: "windows-server-2022" } as const;
    const instanceRole = { permissionsBoundary: "arn:aws:iam::111122223333:policy/limit", path: "/patching/" };
    const sessions = { documentName: "prod-session" };
    const resources = await recorded(
      (opts) => new PatchTopology("prod", { ...args, topology: "wsus", fleets: [fleet], instanceRole, sessions }, opts),
    );
    for (const role of ["prod-files-instance", "prod-wsus-server-instance"]) {
      const made = resources.find(({ type, name }) => type === "aws:iam/role:Role" && name.startsWith(role));
      const { permissionsBoundary, path } = made?.inputs ?? {};
      deepStrictEqual({ permissionsBoundary, path }, instanceRole);
      ok(
        resources.some(({ name }) => name === `${role}-session-logs`),
        `${role} writes no session logs`,
      );
    }
  });
});
