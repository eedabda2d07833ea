import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { tmpdir } from "node:os";
import { patchPathAdvice } from "../../../policypack/rules/patch-path-advice";
import { patchPathIsOpen } from "../../../policypack/rules/patch-path-is-open";
import { stateOf } from "../report/stack-files";
import { type ExampleResource, type Finding, findingsOf, withConfig } from "./analyze";
import { accountOnly, json } from "./examples";
import { changed, patchedStack } from "./network";

const isWorkload = ({ type }: ExampleResource) => /instance:|instanceProfile|iam\/|ssm\//i.test(type);
const ofNetwork = (all: readonly ExampleResource[]) => all.filter((one) => !isWorkload(one));
const network = ofNetwork(patchedStack());
const workload = patchedStack().filter(isWorkload);
const narrowed = ofNetwork(patchedStack(changed("s3", { policy: json(accountOnly) })));

describe("the pack with context", () => {
  const folder = mkdtempSync(join(tmpdir(), "patchpath-"));
  const before = { ...process.env };
  afterEach(() => {
    for (const name of ["PATCHPATH_CONTEXT", "PATCHPATH_CONTEXT_ROOT"]) {
      if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before[name];
    }
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const file = (name: string, resources: readonly ExampleResource[], stack: string) => {
    const path = join(folder, name);
    const state = stateOf(resources, stack);
    // The examples of rules are in the project `test`.
    writeFileSync(path, JSON.stringify(state).replaceAll("::shop::", "::test::"));
    return path;
  };
  const open = (resources: readonly ExampleResource[], context: readonly string[]) =>
    findingsOf(patchPathIsOpen, resources, [patchPathIsOpen], context);
  const workloads = file("payments.json", workload, "payments");

  it("finds a fleet blocked only with the network that it uses", async () => {
    deepStrictEqual(await open(workload, []), [], "without context");
    deepStrictEqual(await open(workload, [file("network.json", network, "network")]), [], "in an open network");
    const findings = await open(workload, [file("narrowed.json", narrowed, "network")]);
    deepStrictEqual(
      findings.map(({ resource, level }) => [resource, level]),
      [["web", "mandatory"]],
    );
  });

  it("rejects a change that closes a hop of another stack's fleets, at the resource that closes it", async () => {
    const findings = await open(narrowed, [workloads, file("before.json", network, "test")]);
    strictEqual(findings.length, 1);
    const [{ resource, message }] = findings as [Finding];
    strictEqual(resource, "s3");
    strictEqual(
      message.split(". ")[0]!.startsWith("`s3` closes `repository` for 1 fleet of test/payments (`web`): "),
      true,
      message,
    );
  });

  it("rejects what this stack removes, at the part of the network that remains", async () => {
    const findings = await open(
      network.filter(({ name }) => name !== "ssm"),
      [workloads, file("before.json", network, "test")],
    );
    deepStrictEqual(
      findings.map(({ message }) => message.split(":")[0]),
      ["`table` closes `control-plane` for 1 fleet of test/payments (`web`)"],
    );
  });

  it("rejects a change of a route, a security group or a network ACL, at that resource", async () => {
    const acl: ExampleResource = {
      type: "aws:ec2/networkAcl:NetworkAcl",
      name: "acl",
      props: { id: "acl-1", vpcId: "vpc-0a1b2c3d4e5f67890", subnetIds: ["subnet-1"], ingress: [], egress: [] },
    };
    for (const [replaced, start] of [
      [changed("s3", { routeTableIds: [] }), "`table` closes `s3-route` for 1 fleet of test/payments (`web`)"],
      [
        changed("web-group", { egress: [] }),
        "`web-group` closes `security-groups` for 1 fleet of test/payments (`web`)",
      ],
      [{ acl }, "`acl` closes `network-acls` for 1 fleet of test/payments (`web`)"],
    ] as const) {
      const findings = await open(ofNetwork(patchedStack(replaced)), [workloads, file("before.json", network, "test")]);
      deepStrictEqual(
        findings.map(({ message }) => message.split(":")[0]),
        [start],
      );
    }
  });

  it("reports nothing on open hops", async () => {
    deepStrictEqual(await open(network, [workloads]), []);
  });

  it("only advises if the hop was blocked before", async () => {
    const context = [workloads, file("before.json", narrowed, "test")];
    deepStrictEqual(await open(narrowed, context), []);
    const advice = await findingsOf(patchPathAdvice, narrowed, [patchPathIsOpen, patchPathAdvice], context);
    const [{ message }] = advice.filter((one) => one.message.startsWith("[blocked-for-others]")) as [Finding];
    strictEqual(message.includes("It was blocked before."), true, message);
  });

  it("says that the earlier verdict is unknown if the context does not contain it", async () => {
    const [finding] = await open(narrowed, [workloads]);
    strictEqual(
      finding!.message.includes(
        "Cannot determine whether it was open before: add the exported state of this stack to the context.",
      ),
      true,
      finding!.message,
    );
  });

  it("reads the context from the environment, relative to a folder", async () => {
    process.env["PATCHPATH_CONTEXT"] = ["payments.json", ""].join(delimiter);
    process.env["PATCHPATH_CONTEXT_ROOT"] = folder;
    strictEqual((await open(narrowed, [])).length, 1);
  });

  it("fails without a file that the context refers to", async () => {
    await rejects(open(network, [join(folder, "missing.json")]), {
      message: `patchpath: \`${join(folder, "missing.json")}\` cannot be read: ENOENT: no such file or directory`,
    });
    await rejects(open(network, ["missing.json"]), {
      message:
        "patchpath: the context `missing.json` is a relative path, and `PATCHPATH_CONTEXT_ROOT` is not set; expected an absolute path, or the folder in `PATCHPATH_CONTEXT_ROOT`",
    });
  });

  it("fails if the config has a context that was not read", async () => {
    const configured = withConfig(patchPathIsOpen, { context: [workloads] });
    await rejects(findingsOf(patchPathIsOpen, network, [configured]), /the context in the pack's config was not read/);
  });
});
