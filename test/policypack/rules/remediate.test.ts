import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { rules } from "../../../policypack/rules";
import { instanceRoleAvoidsDeprecatedPolicies } from "../../../policypack/rules/instance-role-avoids-deprecated-policies";
import { s3EndpointAdmitsAnonymousRepoReads } from "../../../policypack/rules/s3-endpoint-admits-anonymous-repo-reads";
import { type ExampleResource, remedied, unknown, withConfig } from "./analyze";
import { accountOnly, anonymousReads, attachment, json, role, s3Endpoint } from "./examples";

const deprecated = "arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM";
const core = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
const cloudWatch = "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy";
const exempt = [{ resource: "s3", reason: "no dnf in here", until: "2999-12-31" }];

describe("the level remediate", () => {
  it("exists for the two rules whose fix is unique and certain", () => {
    deepStrictEqual(
      rules.filter(({ remediateResource }) => remediateResource).map(({ name }) => name),
      ["s3-endpoint-admits-anonymous-repo-reads", "instance-role-avoids-deprecated-policies"],
    );
  });

  describe("of s3-endpoint-admits-anonymous-repo-reads", () => {
    const rule = s3EndpointAdmitsAnonymousRepoReads;
    const policyAfter = async (resource: ExampleResource) => (await remedied(rule, resource))?.["policy"];

    it("adds the statement after the others, which stay unchanged", async () => {
      strictEqual(await policyAfter(s3Endpoint(json(accountOnly))), json(accountOnly, anonymousReads));
    });

    it("converts a single statement to a list", async () => {
      const single = JSON.stringify({ Version: "2012-10-17", Statement: accountOnly });
      strictEqual(await policyAfter(s3Endpoint(single)), json(accountOnly, anonymousReads));
    });

    it("does not change other properties, including unknown ones", async () => {
      const after = await remedied(rule, s3Endpoint(json(accountOnly), { vpcId: unknown, tags: { team: "web" } }));
      strictEqual(after?.["vpcId"], unknown);
      deepStrictEqual(after["tags"], { team: "web" });
    });

    it("supports the document of aws-native, which is an object in another property", async () => {
      const native: ExampleResource = {
        type: "aws-native:ec2:VpcEndpoint",
        name: "s3",
        props: {
          vpcId: "vpc-1",
          serviceName: "com.amazonaws.eu-west-1.s3",
          policyDocument: { Version: "2012-10-17", Statement: [accountOnly] },
        },
      };
      deepStrictEqual((await remedied(rule, native))?.["policyDocument"], {
        Version: "2012-10-17",
        Statement: [accountOnly, anonymousReads],
      });
    });

    const untouched: Readonly<Record<string, ExampleResource>> = {
      "an endpoint that allows the reads": s3Endpoint(json(accountOnly, anonymousReads)),
      "an endpoint without a policy": s3Endpoint(),
      "a policy that is not known yet": s3Endpoint(unknown),
      "a policy whose Deny denies the reads, which no added statement can fix": s3Endpoint(
        json(
          { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" },
          { ...accountOnly, Effect: "Deny" },
        ).replace("StringEquals", "StringNotEquals"),
      ),
      "a text that is not a policy": s3Endpoint("{"),
      "an endpoint of another service": s3Endpoint(json(accountOnly), {
        serviceName: "com.amazonaws.eu-west-1.dynamodb",
      }),
    };
    for (const [what, resource] of Object.entries(untouched)) {
      it(`does not change ${what}`, async () => {
        strictEqual(await remedied(rule, resource), undefined);
      });
    }

    it("does not change an exempted resource", async () => {
      strictEqual(await remedied(withConfig(rule, { exempt }), s3Endpoint(json(accountOnly))), undefined);
    });
  });

  describe("of instance-role-avoids-deprecated-policies", () => {
    const rule = instanceRoleAvoidsDeprecatedPolicies;

    it("replaces the policy of an attachment", async () => {
      const after = await remedied(rule, attachment("ssm", "web", deprecated));
      deepStrictEqual(after, { role: "web", policyArn: core });
    });

    it("replaces the entry in a role's list, in its partition", async () => {
      const china = deprecated.replace("arn:aws:", "arn:aws-cn:");
      const after = await remedied(
        rule,
        role("web", "ec2.amazonaws.com.cn", { managedPolicyArns: [china, cloudWatch] }),
      );
      deepStrictEqual(after?.["managedPolicyArns"], [core.replace("arn:aws:", "arn:aws-cn:"), cloudWatch]);
    });

    it("removes the entry if its successor is already in the list", async () => {
      const after = await remedied(rule, role("web", "ec2.amazonaws.com", { managedPolicyArns: [core, deprecated] }));
      deepStrictEqual(after?.["managedPolicyArns"], [core]);
    });

    const untouched: Readonly<Record<string, ExampleResource>> = {
      "a role without deprecated policies": role("web", "ec2.amazonaws.com", { managedPolicyArns: [core] }),
      "a list that is partly known": role("web", "ec2.amazonaws.com", { managedPolicyArns: [deprecated, unknown] }),
      "a customer managed policy with the same name": attachment(
        "ssm",
        "web",
        "arn:aws:iam::123456789012:policy/service-role/AmazonEC2RoleforSSM",
      ),
      "a PolicyAttachment, which manages attachments outside the stack": {
        type: "aws:iam/policyAttachment:PolicyAttachment",
        name: "ssm",
        props: { roles: ["web"], policyArn: deprecated },
      },
      "an exclusive list of attachments": {
        type: "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
        name: "ssm",
        props: { roleName: "web", policyArns: [deprecated] },
      },
    };
    for (const [what, resource] of Object.entries(untouched)) {
      it(`does not change ${what}`, async () => {
        strictEqual(await remedied(rule, resource), undefined);
      });
    }
  });
});
