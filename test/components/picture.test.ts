import { deepStrictEqual } from "node:assert/strict";
import { PatchTopology, type PatchTopologyArgs, type TopologyFleet } from "@patchpath/components";
import { pathsAsMermaid } from "../../policypack/report/path-mermaid";
import { reportOn } from "../../policypack/report/path-report";
import { Stack } from "../../policypack/stack/stack";
import { readFlowchart } from "../policypack/report/mermaid";
import { args } from "./made-by-patching";
import { asState, recorded } from "./with-mocks";

const [web] = args.fleets as [TopologyFleet];
const files: TopologyFleet = { ...web, name: "files", operatingSystem: "windows-server-2022" };

/** The arrows of the picture, each end by the first line of its text or its title. */
async function pictureOf(topology: Partial<PatchTopologyArgs>): Promise<string[]> {
  const resources = await recorded((opts) => new PatchTopology("prod", { ...args, ...topology }, opts));
  const stack = new Stack(asState(resources, "eu-west-1"));
  const { nodes, edges, boxes } = await readFlowchart(pathsAsMermaid(reportOn([stack])));
  const named = (id: string) => boxes.find((box) => box.id === id)?.title ?? nodes.get(id)!.split("<br>")[0]!;
  return edges.map(({ start, end, text }) => `${named(start)} -> ${named(end)}${text === "" ? "" : `: ${text}`}`);
}

const byEndpoints = (fleet: string, ...others: readonly string[]) => [
  `${fleet} -> interface endpoints: ✔ dns, control-plane`,
  `${fleet} -> S3 gateway endpoint: ✔ ${["s3-route", "payload", "snapshot", ...others].join(", ")}`,
];

describe("the diagram of what the components create", () => {
  it("has Amazon Linux and Windows behind NAT", async () => {
    deepStrictEqual(await pictureOf({ topology: "nat", fleets: [web, files] }), [
      ...byEndpoints("prod-files-group"),
      "prod-files-group -> 2 NAT gateways: ✔ repository",
      "2 NAT gateways -> internet",
      ...byEndpoints("prod-web-group", "repository"),
    ]);
  });

  it("has the WSUS server between its clients and the internet", async () => {
    deepStrictEqual(await pictureOf({ topology: "wsus", fleets: [files] }), [
      ...byEndpoints("prod-wsus-server-server"),
      "prod-wsus-server-server -> NAT gateway: ✔ repository",
      "NAT gateway -> internet",
      ...byEndpoints("prod-files-group"),
      "prod-files-group -> prod-wsus-server-server: ✔ repository",
    ]);
  });
});
