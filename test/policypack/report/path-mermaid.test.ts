import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { pathsAsMermaid } from "../../../policypack/report/path-mermaid";
import { reportOn } from "../../../policypack/report/path-report";
import { aws, endpointOnly, natAndGateway, set, stack } from "../path/traps/bases";
import { asState } from "../path/traps/trap";
import { accountOnly, json } from "../rules/examples";
import { type ExampleResource } from "../rules/analyze";
import { changed, patchedStack } from "../rules/network";
import { reportOnShop } from "./html/estates";
import { type Flowchart, readFlowchart } from "./mermaid";
import { fleetsLike, reportOnStates, stateOf } from "./stack-files";

const web = patchedStack().find(({ name }) => name === "web")!;
const starved = changed("s3", { policy: json(accountOnly) });

const pictureOf = (resources: readonly ExampleResource[]) => pathsAsMermaid(reportOn([asState(resources)]));

/** `web -> S3 gateway endpoint: ✔ s3-route`, each end by the first line of its text or its title. */
function arrowsOf({ nodes, edges, boxes }: Flowchart): string[] {
  const named = (id: string) => boxes.find((box) => box.id === id)?.title ?? nodes.get(id)!.split("<br>")[0]!;
  return edges.map(({ start, end, text }) => `${named(start)} -> ${named(end)}${text === "" ? "" : `: ${text}`}`);
}

describe("the Mermaid diagram", () => {
  it("is accepted by Mermaid, which rejects an invalid diagram", async () => {
    await rejects(readFlowchart("flowchart LR\n  a --> [b"));
    await readFlowchart(pictureOf(endpointOnly));
  });

  it("shows the fleet in its tier, and what it reaches, with the verdicts of the hops", async () => {
    const picture = await readFlowchart(pictureOf(endpointOnly));
    deepStrictEqual(arrowsOf(picture), [
      "web -> interface endpoints: ✔ dns, control-plane",
      "web -> S3 gateway endpoint: ✔ s3-route, payload, snapshot, repository",
    ]);
    deepStrictEqual(
      picture.boxes.map(({ title, nodes }) => [title, nodes.length]),
      [
        ["private<br>10.0.1.0/24 eu-west-1a", 1],
        ["vpc 10.0.0.0/16", 3],
      ],
    );
    strictEqual(picture.nodes.get("f0"), "web<br>amazon-linux-2023<br>✔ patchable");
    strictEqual(picture.nodes.get("v0e"), "interface endpoints<br>ssm, ssmmessages");
    strictEqual(picture.nodes.get("v0s"), "S3 gateway endpoint<br>s3");
  });

  it("shows the path through NAT to the internet", async () => {
    deepStrictEqual(arrowsOf(await readFlowchart(pictureOf(natAndGateway))), [
      "web -> NAT gateway: ✔ dns, control-plane",
      "NAT gateway -> internet",
      "web -> S3 gateway endpoint: ✔ s3-route, payload, snapshot, repository",
    ]);
  });

  it("names no gateway where the routes have several kinds", async () => {
    const transit = aws("ec2/route:Route", "to-hub", {
      routeTableId: "rtb-1",
      destinationCidrBlock: "10.9.0.0/16",
      transitGatewayId: "tgw-1",
    });
    const arrows = arrowsOf(await readFlowchart(pictureOf([...natAndGateway, transit])));
    deepStrictEqual(
      arrows.filter((one) => one.includes("internet") || one.includes("gateway:")),
      ["web -> internet: ✔ dns, control-plane"],
    );
  });

  it("shows what breaks at its place, in its color, with the endpoint that denies", async () => {
    const text = pathsAsMermaid(reportOnStates(stateOf(patchedStack(starved))));
    deepStrictEqual(arrowsOf(await readFlowchart(text)), [
      "web -> interface endpoints",
      "web -> S3 gateway endpoint: ✘ repository<br>? payload, snapshot",
    ]);
    ok(text.includes("  linkStyle 1 stroke:#c62828"), text);
    ok(text.includes('f0(["web<br>amazon-linux-2023<br>✘ blocked"]):::blocked'), text);
    ok(text.includes('v0s[["S3 gateway endpoint<br>s3"]]:::blocked'), text);
    ok(text.includes('v0e[["interface endpoints<br>ssm, ssmmessages"]]\n'), text);
  });

  it("shows an interface endpoint that denies by itself, apart from the others", async () => {
    const denying = set("ssm", { policy: json({ ...accountOnly, Effect: "Deny", Condition: undefined }) });
    const text = pictureOf(stack(endpointOnly, denying));
    ok(text.includes('v0e0[["ssm interface endpoint<br>ssm"]]:::blocked'), text);
    ok(text.includes('v0e[["interface endpoints<br>ssmmessages"]]\n'), text);
    deepStrictEqual(arrowsOf(await readFlowchart(text)), [
      "web -> ssm interface endpoint: ✘ control-plane",
      "web -> S3 gateway endpoint",
    ]);
  });

  it("shows fleets with the same verdicts as one, and what is patchable beside them as one without arrows", async () => {
    const picture = await readFlowchart(pathsAsMermaid(reportOnShop()));
    deepStrictEqual(
      [...picture.nodes].filter(([id]) => /^f\d+$/.test(id)).map(([, text]) => text),
      [
        "payments<br>amazon-linux-2023<br>✘ security-groups",
        "reports<br>windows-server-2022<br>✘ blocked",
        "legacy<br>unknown<br>? agent",
        "api, basket and 7 more<br>✔ patchable",
      ],
    );
    deepStrictEqual(arrowsOf(picture), [
      "payments -> interface endpoints",
      "payments -> S3 gateway endpoint",
      "reports -> interface endpoints",
      "reports -> S3 gateway endpoint",
      "reports -> no route: ✘ repository",
      "legacy -> interface endpoints",
      "legacy -> S3 gateway endpoint",
      "legacy -> no route: ? repository",
    ]);
  });

  it("leaves out a VPC in which all is patchable, and counts its fleets", async () => {
    const report = reportOnStates(stateOf(patchedStack(starved), "a"), stateOf(patchedStack(), "b"));
    const { boxes, nodes } = await readFlowchart(pathsAsMermaid(report));
    strictEqual(boxes.filter(({ title }) => title.startsWith("vpc")).length, 1);
    strictEqual(nodes.get("more"), "and 1 more: 1 patchable");
  });

  it("says which targets have no route", async () => {
    const alone = endpointOnly.filter(({ name }) => name !== "ssm" && name !== "ssmmessages");
    ok(arrowsOf(await readFlowchart(pictureOf(alone))).includes("web -> no route: ✘ control-plane"));
    const elsewhere = pictureOf(endpointOnly.map((one) => (one.name === "web" ? outside(one) : one)));
    const picture = await readFlowchart(elsewhere);
    deepStrictEqual(
      picture.boxes.map(({ title }) => title),
      ["subnets", "subnets outside this stack"],
    );
    ok(arrowsOf(picture).some((arrow) => arrow.startsWith("web -> outside this stack: ")));
  });

  const outside = (one: ExampleResource): ExampleResource => ({
    ...one,
    props: { ...one.props, subnetId: "subnet-0e1e2e3e4e5e67890" },
  });

  it("can be parsed whatever names it has", async () => {
    const names = ['end"]); click f0 "javascript:alert(1)"', "graph TD", "日本", "<b>x</b>", "a;b", "#quot;", "`x`"];
    for (const name of names) {
      const [own] = Object.values(fleetsLike(web, [name]));
      const text = pathsAsMermaid(reportOnStates(stateOf(patchedStack({ ...starved, web: own! }))));
      const { nodes } = await readFlowchart(text);
      deepStrictEqual(
        [...nodes.keys()].filter((id) => /^f\d+$/.test(id)),
        ["f0"],
      );
      ok(!text.includes('click f0 "'), text);
    }
  });

  it("is the same for any order of the resources of a stack", () => {
    const fleets = [...natAndGateway, ...Object.values(fleetsLike(web, ["a", "b", "c"]))];
    strictEqual(pictureOf([...fleets].reverse()), pictureOf(fleets));
  });

  it("of a huge stack shows the first groups, within the limits of Mermaid", async () => {
    const tiers = Array.from({ length: 200 }, (_, i) => i);
    const parts = tiers.flatMap((i) => [
      aws("ec2/subnet:Subnet", `tier-of-the-department-${i}`, {
        id: `subnet-${i}-0`,
        vpcId: "vpc-0a1b2c3d4e5f67890",
        cidrBlock: `10.0.${i}.0/24`,
      }),
      {
        ...web,
        name: `fleet-of-the-department-${i}`,
        props: { ...web.props, id: `i-${i}`, subnetId: `subnet-${i}-0` },
      },
    ]);
    const added = Object.fromEntries(parts.map((part) => [part.name, part]));
    const text = pathsAsMermaid(reportOnStates(stateOf(patchedStack({ ...starved, ...added }))));
    const { edges, nodes } = await readFlowchart(text);
    ok(edges.length > 40 && edges.length < 500, `${edges.length} arrows`);
    ok(text.length < 50_000, `${text.length} characters`);
    strictEqual(nodes.get("more"), "and 161 more: 161 blocked");
  });

  it("says that a stack has no fleets", async () => {
    deepStrictEqual([...(await readFlowchart(pictureOf([]))).nodes.values()], ["no fleet"]);
  });
});
