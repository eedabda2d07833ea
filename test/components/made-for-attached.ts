import {
  type BaselineSettings,
  type ExistingNetwork,
  PatchTopology,
  type PatchTopologyArgs,
  type PatchingSettings,
  type TopologyAttachedFleet,
} from "@patchpath/components";
import { args, settings } from "./made-by-patching";
import { type Recorded, recorded } from "./with-mocks";

const vpcId = "vpc-1";

/** A VPC with an existing endpoint for ssm, and none for ssmmessages. */
const network: ExistingNetwork = {
  vpcId,
  cidrBlock: "10.0.0.0/16",
  dnsSupport: true,
  dnsHostnames: true,
  subnets: [{ id: "subnet-1", vpcId, zone: "eu-west-1a" }],
  routeTables: [{ id: "rtb-1", vpcId, defaultRoute: "nat-1", routes: [] }],
  serverSubnet: {
    id: "subnet-2",
    vpcId,
    zone: "eu-west-1b",
    routeTable: { id: "rtb-2", vpcId, defaultRoute: "nat-1", routes: [] },
  },
  endpoints: { s3: undefined, interfaces: { ssm: { id: "vpce-1", privateDns: true, securityGroupIds: ["sg-found"] } } },
};

export const legacy: TopologyAttachedFleet = {
  name: "legacy",
  operatingSystem: "amazon-linux-2023",
  repositories: [],
  tag: { key: "Environment", value: "prod" },
  securityGroupId: "sg-legacy",
};
export const files: TopologyAttachedFleet = {
  ...legacy,
  name: "files",
  operatingSystem: "windows-server-2022",
  tag: { key: "Patch Group", value: "files" },
  securityGroupId: "sg-files",
};
export const baseline: BaselineSettings = {
  operatingSystem: "AMAZON_LINUX_2023",
  rules: [],
  approvedPatches: [],
  approvedPatchesComplianceLevel: "UNSPECIFIED",
  approvedPatchesNonSecurity: false,
  rejectedPatches: [],
  rejectedPatchesAction: "BLOCK",
  sources: [],
  default: false,
};
/** The resources that a topology in that VPC creates. */
export async function made(more: Partial<PatchTopologyArgs>, patching: Partial<PatchingSettings> = {}) {
  const all = { ...args, network, topology: "nat" as const, patching: { ...settings, ...patching }, ...more };
  let topology: PatchTopology | undefined;
  const resources = await recorded((opts) => (topology = new PatchTopology("prod", all, opts)));
  const of = (type: string) => resources.filter((one) => one.type.endsWith(`:${type}`));
  return {
    topology: topology!,
    resources,
    of,
    names: (type: string) => of(type).map(({ name }) => name),
    inputs: (type: string) => Object.fromEntries(of(type).map(({ name, inputs }) => [name, inputs])),
  };
}

export const targetsOf = ({ inputs }: Recorded): unknown => inputs["targets"];
