import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { OwnStack, type Touched, verdictsOf, wsusServer } from "./own-stack";

// Ten updates of a large stack take some minutes. In `npm test`, the mocks of test/components/wsus/ replace them.
if (process.env["PATCHPATH_WHOLE_MATRICES"]) {
  describe("a WSUS server on one stack", () => {
    const wsus = {
      "patchpath:topology": "wsus",
      "patchpath:network": { availabilityZones: 1 },
      "patchpath:fleets": [{ name: "files", operatingSystem: "windows-server-2022" }],
    };
    const nat = { ...wsus, "patchpath:topology": "nat" };
    const setUp = "aws:ssm/association:Association patchpath-wsus-server-setup-server";

    let stack: OwnStack;
    before(() => {
      stack = new OwnStack(wsus);
    });
    after(() => {
      stack.remove();
    });

    it("is created, and unchanged by a second up", async () => {
      await stack.change(wsus);
      deepStrictEqual(await stack.change(wsus, "--expect-no-changes"), {});
    });

    /** Each in addition to those before. */
    const changes = [
      ["changes its instance type in place", { instanceType: "m6i.xlarge" }, `aws:ec2/instance:Instance ${wsusServer}`],
      ["grows its volume in place", { contentGiB: 400 }, "aws:ebs/volume:Volume patchpath-wsus-server-content"],
      ["synchronizes other languages with a change of only its setup", { languages: ["en", "ja"] }, setUp],
      [
        "synchronizes other classifications with a change of only its setup",
        { classifications: ["SecurityUpdates"] },
        setUp,
      ],
      ["synchronizes at other times with a change of only its setup", { timeOfDay: "05:30:00", perDay: 2 }, setUp],
    ] as const;
    changes.forEach(([what, , resource], i) => {
      it(what, async () => {
        const settings = changes.slice(0, i + 1).map(([, one]) => one);
        deepStrictEqual(await stack.change({ ...wsus, "patchpath:wsus": Object.assign({}, ...settings) as object }), {
          update: [resource],
        });
      });
    });

    const client = "aws:ssm/association:Association patchpath-wsus-files-client";
    const wayOut = [
      "aws:ec2/route:Route patchpath-network-nat-private-0",
      "aws:ssm/document:Document patchpath-wsus-files-reset",
      // With a server, the maintenance window has a task for it and a task for its clients.
      "aws:ssm/maintenanceWindowTarget:MaintenanceWindowTarget patchpath-patch-target",
      "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask patchpath-patch-task",
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule patchpath-files-to-http",
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule patchpath-files-to-https",
    ];
    /** What launches the clients, and where: a change would replace them. */
    const ofFleet = (touched: Touched) =>
      Object.values(touched)
        .flat()
        .filter((one) => /patchpath-(files-(group|template|instance)|network-private)/.test(one));

    it("is deleted with a change to NAT, and its clients are reset and not replaced", async () => {
      const touched = await stack.change(nat);
      deepStrictEqual(touched["create"], wayOut);
      deepStrictEqual(touched["replace"], [client]);
      // The alarm for silent instances counts the server too, and the server stores its state in Parameter Store.
      deepStrictEqual(touched["update"], [
        "aws:cloudwatch/metricAlarm:MetricAlarm patchpath-monitoring-silent",
        "aws:ec2/vpcEndpoint:VpcEndpoint patchpath-endpoints-s3",
        "aws:ec2/vpcEndpoint:VpcEndpoint patchpath-endpoints-ssm",
      ]);
      ok(touched["delete"]?.includes(`aws:ec2/instance:Instance ${wsusServer}`));
      deepStrictEqual(ofFleet(touched), []);
      const { name } = (await stack.resources())["patchpath-wsus-files-client"]?.inputs ?? {};
      match(String(name), /^patchpath-wsus-files-reset/);
      deepStrictEqual(await verdictsOf(stack), { "patchpath-files-group": "patchable" });
    });

    it("is created again with the change back, which removes the outbound access", async () => {
      const touched = await stack.change(wsus);
      deepStrictEqual(touched["delete"], wayOut);
      deepStrictEqual(touched["replace"], [client]);
      deepStrictEqual(ofFleet(touched), []);
      deepStrictEqual(await verdictsOf(stack), { "patchpath-files-group": "patchable", [wsusServer]: "patchable" });
    });

    it("leaves nothing after destroy", async () => {
      const destroy = await stack.destroy();
      strictEqual(destroy.code, 0, destroy.output);
      deepStrictEqual(await stack.resources(), {});
    });
  });
}
