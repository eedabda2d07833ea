import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { type WsusClientsArgs, type WsusServerLike, WsusClients } from "@patchpath/components";
import { portsOf } from "../../../components/wsus/wsus-server-like";
import type { Properties } from "../../../offline/aws/values";
import { failuresOf } from "../../offline/aws/stand";
import { type Recorded, recorded } from "../with-mocks";

const server: WsusServerLike = {
  address: "wsus.example.com",
  protocol: "https",
  securityGroupId: "sg-server",
  certificateParameter: "/patchpath/prod-wsus/certificate",
};

const args: WsusClientsArgs = {
  region: "eu-west-1",
  server,
  targets: [{ key: "tag:Name", values: ["prod-files"] }],
  securityGroupId: "sg-clients",
  targetGroup: "Files",
};

const run = (more: Partial<WsusClientsArgs> = {}) =>
  recorded((opts) => new WsusClients("prod-files-wsus", { ...args, ...more }, opts));

const inputsOf = (resources: readonly Recorded[], type: string) => {
  const found = resources.filter((resource) => resource.type === type);
  strictEqual(found.length, 1, `${found.length} of ${type}`);
  return found[0]!.inputs;
};

const scriptOf = (resources: readonly Recorded[]) =>
  inputsOf(resources, "aws:ssm/document:Document")["content"] as string;

describe("WsusClients", () => {
  // Public: a change here renames or replaces resources of live stacks, so it needs an alias and a changelog line.
  it("creates exactly these resources, with these names", async () => {
    const resources = await run();
    deepStrictEqual(
      resources.map(({ type, name }) => `${type} ${name}`),
      [
        "aws:ssm/association:Association prod-files-wsus-client",
        "aws:ssm/document:Document prod-files-wsus-set",
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule prod-files-wsus-to-wsus-8530",
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule prod-files-wsus-to-wsus-8531",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule prod-files-wsus-into-wsus-8530",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule prod-files-wsus-into-wsus-8531",
        "patchpath:wsus:WsusClients prod-files-wsus",
      ],
    );
    ok(resources.every(({ parent, type }) => parent === "prod-files-wsus" || type === "patchpath:wsus:WsusClients"));
    deepStrictEqual(
      resources
        .filter(({ type }) => type.startsWith("aws:"))
        .flatMap(({ type, inputs }) => failuresOf(type, inputs as Properties)),
      [],
    );
  });

  it("configures the clients for the server, where the path report reads it", async () => {
    deepStrictEqual(inputsOf(await run(), "aws:ssm/association:Association"), {
      name: "prod-files-wsus-set",
      targets: [{ key: "tag:Name", values: ["prod-files"] }],
      parameters: {
        Region: "eu-west-1",
        ServerUrl: "https://wsus.example.com:8531",
        CertificateParameter: "/patchpath/prod-wsus/certificate",
        TargetGroup: "Files",
      },
      scheduleExpression: "rate(1 hour)",
      complianceSeverity: "HIGH",
      maxConcurrency: "50%",
      maxErrors: "100%",
    });
  });

  it("opens both ports between the two security groups only", async () => {
    const rules = (await run()).filter(({ type }) => type.startsWith("aws:vpc/"));
    deepStrictEqual(
      rules.map(
        ({ inputs: { description: _, ipProtocol, fromPort, toPort, securityGroupId, referencedSecurityGroupId } }) => [
          securityGroupId,
          referencedSecurityGroupId,
          ipProtocol,
          fromPort,
          toPort,
        ],
      ),
      [
        ["sg-clients", "sg-server", "tcp", 8530, 8530],
        ["sg-clients", "sg-server", "tcp", 8531, 8531],
        ["sg-server", "sg-clients", "tcp", 8530, 8530],
        ["sg-server", "sg-clients", "tcp", 8531, 8531],
      ],
    );
  });

  it("supports an existing server, with an authority that the clients trust or with HTTP", async () => {
    const existing: WsusServerLike = { address: "10.9.0.7", protocol: "http", securityGroupId: "sg-theirs" };
    deepStrictEqual(portsOf(existing), [8530]);
    const resources = await run({ server: existing, targetGroup: undefined });
    deepStrictEqual(inputsOf(resources, "aws:ssm/association:Association")["parameters"], {
      Region: "eu-west-1",
      ServerUrl: "http://10.9.0.7:8530",
      CertificateParameter: "none",
      TargetGroup: "none",
    });
    strictEqual(resources.filter(({ type }) => type.startsWith("aws:vpc/")).length, 2);
  });

  it("resets the clients without a server: the same association, another document, no open port", async () => {
    const resources = await run({ server: undefined });
    deepStrictEqual(
      resources.map(({ type, name }) => `${type} ${name}`),
      [
        "aws:ssm/association:Association prod-files-wsus-client",
        "aws:ssm/document:Document prod-files-wsus-reset",
        "patchpath:wsus:WsusClients prod-files-wsus",
      ],
    );
    strictEqual(inputsOf(resources, "aws:ssm/association:Association")["parameters"], undefined);
    ok(scriptOf(resources).includes("there is nothing to revert"));
    ok(!scriptOf(resources).includes("WUServer"));
  });

  it("sets every registry value that a client requires, and leaves Patch Manager in control", async () => {
    const script = scriptOf(await run());
    for (const [name, value] of [
      ["WUServer", "$ServerUrl"],
      ["WUStatusServer", "$ServerUrl"],
      ["UseWUServer", "1"],
      ["NoAutoUpdate", "0"],
      ["AUOptions", "3"],
      ["DoNotConnectToWindowsUpdateInternetLocations", "1"],
    ] as const) {
      const line = new RegExp(`Name = '${name}'; Type = '(String|DWord)'; Value = ${value.replace("$", "\\$")} \\}`);
      ok(line.test(script), name);
    }
  });
});
