import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { adviceOn } from "../../../policypack/path/advice";
import { pathsOf } from "../../../policypack/path/fleet-path";
import { anonymousReads, json } from "../rules/examples";
import { interfaceEndpoint } from "../rules/network";
import { aws, endpointOnly, images, nat, plus, set, stack, without } from "./traps/bases";
import { type Trap, asState } from "./traps/trap";

function adviceFor(resources: Trap["resources"], day = "2026-11-22") {
  const all = asState(resources);
  return adviceOn(all, pathsOf(all), day);
}

const messages = (...of: Parameters<typeof adviceFor>) => adviceFor(...of).map(({ message }) => message);
const ids = (...of: Parameters<typeof adviceFor>) => adviceFor(...of).map(({ id }) => id);

describe("advice on the support of an operating system", () => {
  const ubuntu = (release: string) =>
    stack(nat, set("web", { ami: images.ubuntu.replace("24.04", release).replace("gp3", "gp2") }));

  it("begins on the day after the end of support, and tells whether there is extended support", () => {
    const told = (day: string) => messages(ubuntu("20.04"), day);
    deepStrictEqual(told("2025-05-31"), []);
    const extended =
      "`web` runs ubuntu-20.04, whose support ended on 2025-05-31: new patches are available with extended support only, until 2030-04-02.";
    deepStrictEqual(told("2025-06-01"), [extended]);
    deepStrictEqual(told("2030-04-02"), [extended]);
    deepStrictEqual(told("2030-04-03"), [
      "`web` runs ubuntu-20.04, whose support ended on 2025-05-31: there are no new patches.",
    ]);
  });
});

describe("advice on a fleet that nothing patches", () => {
  it("tells what it lacks and which hops are blocked, where Systems Manager does not manage it", () => {
    const unmanaged = stack(
      endpointOnly,
      set("web", { iamInstanceProfile: undefined, tags: {} }),
      without("ssm", "s3"),
    );
    const off = aws("ssm/serviceSetting:ServiceSetting", "setting", {
      settingId: "/ssm/managed-instance/default-ec2-instance-management-role",
      settingValue: "$None",
      status: "Default",
    });
    const [message = ""] = messages(stack(unmanaged, plus(off)));
    match(
      message,
      /^Nothing in this stack patches `web`: it has no role for the SSM agent and no patch group, and nothing that patches targets it\. Also blocked: identity, control-plane, s3-route\. To patch it/,
    );
    match(messages(unmanaged)[0]!, /it has no patch group, and nothing .* Also blocked: control-plane, s3-route\./);
  });

  it("names what only scans it, and what cannot run", () => {
    const scan = (name: string, Operation: string) =>
      aws("ssm/association:Association", name, {
        name: "AWS-RunPatchBaseline",
        parameters: { Operation },
        targets: [{ key: "tag:PatchGroup", values: ["prod"] }],
      });
    const told = (...changes: Parameters<typeof stack>[1][]) => messages(stack(endpointOnly, ...changes))[0]!;
    match(told(without("patch"), plus(scan("a", "Scan"), scan("b", "Scan"))), /^`a`, `b` only scan `web`/);
    const stuck = set("patch", { taskInvocationParameters: {} });
    match(told(stuck), /^`patch` cannot run/);
    match(told(stuck, plus(scan("a", "Scan"))), /^`a` only scans `web`/);
  });
});

describe("advice on an endpoint that denies a system", () => {
  const al2023 = anonymousReads.Resource[0]!;
  const al2 = anonymousReads.Resource[1]!;
  const ssm = [
    "arn:aws:s3:::aws-ssm-eu-west-1/*",
    "arn:aws:s3:::aws-patch-manager-eu-west-1-5522fb710/*",
    "arn:aws:s3:::patch-baseline-snapshot-eu-west-1/*",
  ];
  const allowing = (...Resource: readonly string[]) =>
    stack(endpointOnly, set("s3", { policy: json({ ...anonymousReads, Resource: [...Resource, ...ssm] }) }));

  it("is given for Amazon Linux 2 where no fleet runs it, and only where no needed system is denied", () => {
    deepStrictEqual(ids(allowing(al2023)), ["amazon-linux-2-refused"]);
    deepStrictEqual(ids(allowing(al2023, al2)), []);
    deepStrictEqual(ids(allowing(al2)), []);
    deepStrictEqual(ids(allowing()), []);
    const running = stack(allowing(al2023), set("web", { ami: images.amazonLinux2 }));
    strictEqual(ids(running).includes("amazon-linux-2-refused"), false);
  });
});

describe("advice on sessions", () => {
  const web = endpointOnly.find(({ name }) => name === "web")!;
  const other = plus({ ...web, name: "other", props: { ...web.props, id: "i-2" } });
  const logging = (name: string) =>
    plus(
      aws("ssm/document:Document", name, {
        documentType: "Session",
        content: '{"sessionType":"Standard_Stream","inputs":{"cloudWatchLogGroupName":"sessions"}}',
      }),
    );

  it("is given once for all fleets that lack the same", () => {
    const withLogs = stack(endpointOnly, plus(interfaceEndpoint("logs")), other, logging("sessions"));
    deepStrictEqual(messages(withLogs), [
      "`sessions` logs sessions to CloudWatch Logs, but the policies of the role of `other`, `web` do not allow `logs:CreateLogStream`.",
    ]);
  });

  it("is not given for a fleet without a control plane, which has no sessions", () => {
    deepStrictEqual(ids(stack(endpointOnly, without("ssmmessages"), logging("sessions"))), []);
  });
});
