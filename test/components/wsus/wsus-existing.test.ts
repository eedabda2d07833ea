import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { args } from "../made-by-patching";
import { files, made, targetsOf } from "../made-for-attached";

describe("a WSUS server in an existing network", () => {
  it("is in the given subnet, with its content in that zone, and adds no route", async () => {
    const { of, inputs } = await made({
      topology: "wsus",
      fleets: [{ ...args.fleets[0]!, name: "files", operatingSystem: "windows-server-2022" }],
    });
    strictEqual(inputs("Instance")["prod-wsus-server-server"]?.["subnetId"], "subnet-2");
    strictEqual(inputs("Volume")["prod-wsus-server-content"]?.["availabilityZone"], "eu-west-1b");
    deepStrictEqual(["Vpc", "Subnet", "Route", "RouteTable", "NatGateway"].flatMap(of), []);
    const [s3] = of("VpcEndpoint").filter(({ name }) => name === "prod-endpoints-s3");
    deepStrictEqual(s3?.inputs["routeTableIds"], ["rtb-1"]);
  });
});

describe("existing instances as clients of a WSUS server", () => {
  it("get updates from a WSUS server, which is opened to their security group without changing it", async () => {
    const older = { ...files, name: "older", operatingSystem: "windows-server-2019" as const };
    const other = { ...files, name: "other", tag: { key: "Team", value: "other" } };
    const { of, names, inputs } = await made({ topology: "wsus", fleets: [files, older, other] });
    const clients = of("Association").filter(({ name }) => name.endsWith("-client"));
    deepStrictEqual(
      clients.map((one) => [one.name, targetsOf(one)]),
      [
        ["prod-wsus-files-client", [{ key: "tag:Patch Group", values: ["files"] }]],
        ["prod-wsus-other-client", [{ key: "tag:Team", values: ["other"] }]],
      ],
    );
    deepStrictEqual(
      of("SecurityGroupIngressRule").map(({ name, inputs: rule }) => [name, rule["referencedSecurityGroupId"]]),
      [
        ["prod-sg-files-into-endpoints", "sg-files"],
        ["prod-wsus-files-into-wsus-8530", "sg-files"],
        ["prod-wsus-files-into-wsus-8531", "sg-files"],
        ["prod-wsus-server-into-endpoints", "prod-wsus-server-server-id"],
        ["prod-wsus-server-into-endpoints-1", "prod-wsus-server-server-id"],
      ],
    );
    ok(names("SecurityGroupEgressRule").every((name) => name.startsWith("prod-wsus-server-to-")));
    // It synchronizes for the operating systems of all of them.
    const setUp = of("Association").find(({ name }) => name === "prod-wsus-server-setup-server")!;
    const { Products } = setUp.inputs["parameters"] as { Products: string };
    match(Products, /2019/);
    match(Products, /2022|21H2/);
    strictEqual(inputs("Instance")["prod-wsus-server-server"]?.["subnetId"], "subnet-2");
  });

  it("are reset before the stack can be deleted, and those of the stack are not protected", async () => {
    const own = { ...args.fleets[0]!, name: "own", operatingSystem: "windows-server-2022" as const };
    const clients = async (resetExisting: boolean) => {
      const { of } = await made({ topology: "wsus", fleets: [own, files], wsus: { resetExisting } });
      return of("Association")
        .filter(({ name }) => name.endsWith("-client"))
        .map(({ name, inputs, isProtected }) => [name, inputs["name"], isProtected]);
    };
    deepStrictEqual(await clients(false), [
      ["prod-wsus-files-client", "prod-wsus-files-set", true],
      ["prod-wsus-own-client", "prod-wsus-own-set", false],
    ]);
    deepStrictEqual(await clients(true), [
      ["prod-wsus-files-client", "prod-wsus-files-reset", false],
      ["prod-wsus-own-client", "prod-wsus-own-set", false],
    ]);
  });

  it("are not protected without WSUS", async () => {
    const { of } = await made({ topology: "nat", fleets: [files] });
    deepStrictEqual(
      of("Association").map(({ name, isProtected }) => [name, isProtected]),
      [["prod-wsus-files-client", false]],
    );
  });

  it("are patched in addition to the WSUS server, which is in the patch group of the stack", async () => {
    const { names } = await made({ topology: "wsus", fleets: [files] });
    deepStrictEqual(names("MaintenanceWindowTarget"), ["prod-patch-target", "prod-patch-target-files"]);
    const existing = { address: "wsus.example.com", protocol: "https" as const, securityGroupId: "sg-wsus" };
    const { names: withoutServer } = await made({ topology: "wsus", fleets: [files], wsus: { existing } });
    deepStrictEqual(withoutServer("MaintenanceWindowTarget"), ["prod-patch-target-files"]);
  });
});
