import { ok } from "node:assert/strict";
import { type WsusServerArgs, WsusServer } from "@patchpath/components";
import { type Recorded, recorded } from "../with-mocks";

const args: WsusServerArgs = {
  region: "eu-west-1",
  vpcId: "vpc-1",
  subnetId: "subnet-1",
  availabilityZone: "eu-west-1a",
  synchronization: { systems: ["windows-server-2022"] },
  patchGroup: "prod-group",
  endpointSecurityGroupIds: ["sg-endpoints"],
};

/** The resources that a WSUS server with these arguments, in addition to the required ones, creates. */
export function made(more: Partial<WsusServerArgs> = {}): Promise<Recorded[]> {
  return recorded((opts) => new WsusServer("prod-wsus", { ...args, ...more }, opts));
}

export function inputsIn(resources: readonly Recorded[], type: string, name: string): Recorded["inputs"] {
  const found = resources.find((resource) => resource.type === type && resource.name === name);
  ok(found, `there is no ${type} ${name}`);
  return found.inputs;
}
