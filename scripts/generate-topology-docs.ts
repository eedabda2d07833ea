import { type Topology, costOf, topologies, wsusRootVolumeGiB, wsusServerDefaults } from "@patchpath/components";
import type { Region } from "../policypack/facts";
import { pricesDate } from "../policypack/facts/prices";
import { type GeneratedPages, replacePart, textOf } from "./generated-pages";

const regions: readonly Region[] = ["us-east-1", "eu-west-1", "ap-northeast-1"];

const purposes: Readonly<Record<Topology, string>> = {
  "endpoint-only": "Amazon Linux in subnets with no route to the internet",
  nat: "in addition: other Linux distributions, third-party repositories, Windows with Microsoft Update",
  wsus: "Windows with no route to the internet, from a WSUS server that sets itself up",
};

/** @throws Error if a price is unknown in a region of the table */
function costIn(region: Region, topology: Topology): string {
  const cost = costOf(topology, {
    region,
    zones: 2,
    natGateways: "single",
    interfaceEndpoints: 2,
    gigabytesPerMonth: { natGateway: 0, interfaceEndpoints: 0 },
    wsusServer: {
      instanceType: wsusServerDefaults.instanceType,
      volumeGiB: wsusRootVolumeGiB + wsusServerDefaults.contentGiB,
    },
  });
  if (!cost.known) throw new Error(`the cost of ${topology} in ${region} is unknown: ${cost.reason}`);
  return cost.total.toFixed(2);
}

function tableOfTopologies(): string {
  return [
    `| topology | for | ${regions.map((region) => `${region}, USD/month`).join(" | ")} |`,
    `| --- | --- |${regions.map(() => " ---: |").join("")}`,
    ...topologies.map(
      (one) => `| \`${one}\` | ${purposes[one]} | ${regions.map((region) => costIn(region, one)).join(" | ")} |`,
    ),
    "",
    `List prices of ${pricesDate}, two availability zones, one NAT gateway, without the instances of the fleets and without data`,
    "transfer; `wsus` with its server and volumes. `auto` in the config of this repository chooses the cheapest that patches all fleets.",
  ].join("\n");
}

/** Writes the table of topologies with their cost into the README. */
export async function writeTopologyTable(pages: GeneratedPages): Promise<void> {
  const file = "README.md";
  await pages.put(file, replacePart(textOf(file) ?? "", "topologies", tableOfTopologies(), file));
}
