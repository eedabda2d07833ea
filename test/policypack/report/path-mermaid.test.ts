import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { pathsAsMermaid } from "../../../policypack/report/path-mermaid";
import { reportOn } from "../../../policypack/report/path-report";
import { endpointOnly, natAndGateway } from "../path/traps/bases";
import { asState } from "../path/traps/trap";
import { accountOnly, json } from "../rules/examples";
import { type ExampleResource } from "../rules/analyze";
import { changed, patchedStack } from "../rules/network";
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

  it("shows the fleet in its subnet, and what it reaches, with the verdicts of the hops", async () => {
    const picture = await readFlowchart(pictureOf(endpointOnly));
    deepStrictEqual(arrowsOf(picture), [
      "private -> S3 gateway endpoint",
      "web -> interface endpoints: ✔ dns, control-plane",
      "web -> S3 gateway endpoint: ✔ s3-route, payload, snapshot, repository",
    ]);
    deepStrictEqual(
      picture.boxes.map(({ title, nodes }) => [title, nodes.length]),
      [
        ["private", 2],
        ["vpc 10.0.0.0/16", 3],
      ],
    );
    strictEqual(
      picture.nodes.get("f0"),
      "web<br>amazon-linux-2023<br>✔ agent, identity, security-groups, network-acls",
    );
    strictEqual(picture.nodes.get("v0t0n0"), "private<br>eu-west-1a 10.0.1.0/24");
  });

  it("shows the path through NAT: from the private subnet, through the public one, to the internet", async () => {
    deepStrictEqual(arrowsOf(await readFlowchart(pictureOf(natAndGateway))), [
      "private -> NAT gateway",
      "private -> S3 gateway endpoint",
      "NAT gateway -> internet gateway",
      "internet gateway -> internet",
      "web -> internet: ✔ dns, control-plane",
      "web -> S3 gateway endpoint: ✔ s3-route, payload, snapshot, repository",
    ]);
  });

  it("shows what breaks at its place, in its color", async () => {
    const text = pathsAsMermaid(reportOnStates(stateOf(patchedStack(starved))));
    const arrows = arrowsOf(await readFlowchart(text));
    ok(
      arrows.includes("web -> S3 gateway endpoint: ✘ repository<br>? payload, snapshot<br>✔ s3-route"),
      arrows.join("\n"),
    );
    ok(text.includes("  linkStyle 2 stroke:#c62828"), text);
    ok(/f0\(\[.*\]\):::blocked/.test(text), text);
  });

  it("says which targets have no route", async () => {
    const alone = endpointOnly.filter(({ name }) => name !== "ssm" && name !== "ssmmessages");
    ok(arrowsOf(await readFlowchart(pictureOf(alone))).includes("web -> no route: ✘ control-plane<br>✔ dns"));
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
    const text = pathsAsMermaid(reportOnStates(stateOf(patchedStack({ ...starved, ...fleetsLike(web, names) }))));
    const { nodes } = await readFlowchart(text);
    const fleets = [...nodes].filter(([id]) => /^f\d+$/.test(id));
    strictEqual(fleets.length, 1 + names.length);
    ok(!text.includes('click f0 "'), text);
  });

  it("is the same for any order of the resources of a stack", () => {
    const fleets = [...natAndGateway, ...Object.values(fleetsLike(web, ["a", "b", "c"]))];
    strictEqual(pictureOf([...fleets].reverse()), pictureOf(fleets));
  });

  it("of a huge stack shows the first fleets, within the limits of Mermaid", async () => {
    const names = Array.from({ length: 200 }, (_, i) => `shop-production-fleet-of-the-department-${i}`);
    const subnets = Object.fromEntries(
      Array.from({ length: 100 }, (_, i): [string, ExampleResource] => [
        `spare-${i}`,
        {
          type: "aws:ec2/subnet:Subnet",
          name: `spare-${i}`,
          props: { id: `subnet-spare-${i}`, vpcId: "vpc-0a1b2c3d4e5f67890", cidrBlock: `10.0.${100 + i}.0/24` },
        },
      ]),
    );
    const text = pathsAsMermaid(
      reportOnStates(stateOf(patchedStack({ ...starved, ...subnets, ...fleetsLike(web, names) }))),
    );
    const { edges, nodes } = await readFlowchart(text);
    ok(edges.length < 500, `${edges.length} arrows`);
    ok(text.length < 50_000, `${text.length} characters`);
    strictEqual(nodes.get("more"), "and 161 more");
    ok([...nodes.values()].includes("and 94 more subnets"));
  });

  it("says that a stack has no fleets", async () => {
    deepStrictEqual([...(await readFlowchart(pictureOf([]))).nodes.values()], ["no fleet"]);
  });
});
