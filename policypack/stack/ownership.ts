import { printable } from "../iam/problems";
import type { StackResource } from "./resource";
import type { Target } from "./stack";

/**
 * Who creates a part of a path.
 * - `created`: this stack, so that it owns it whole: what the stack does not show is not there
 * - `read`: another stack; this one reads it by `.get()`
 * - `adopted`: AWS; this stack manages some of its properties
 * - `outside`: another stack; this one only knows its id
 * - `unknown`: not known until the update
 */
export type Ownership = "created" | "read" | "adopted" | "outside" | "unknown";

/**
 * What AWS creates in every account, and Pulumi only adopts. DefaultRouteTable, DefaultSecurityGroup and
 * DefaultNetworkAcl are not among them: the provider removes all routes, rules and entries that the program does not
 * have. Source: the descriptions of these resources in @pulumi/aws 7.48.0, checked 2026-11-28.
 */
const adoptedTypes: ReadonlySet<string> = new Set([
  "aws:ec2/defaultVpc:DefaultVpc",
  "aws:ec2/defaultSubnet:DefaultSubnet",
  "aws:ec2/defaultVpcDhcpOptions:DefaultVpcDhcpOptions",
]);

/** Who creates a resource of the stack. */
export function ownershipOf(resource: StackResource): "created" | "read" | "adopted" {
  if (resource.isRead === true) return "read";
  return adoptedTypes.has(resource.type) ? "adopted" : "created";
}

/** Whether this stack creates a resource, so that nothing is in it that the stack does not show. */
export function isOwned(resource: StackResource): boolean {
  return ownershipOf(resource) === "created";
}

/** Who creates what a reference leads to. */
export function ownershipBehind(target: Target): Ownership {
  return target.is === "resource" ? ownershipOf(target.resource) : target.is;
}

/**
 * The first of these parts of a path that this stack does not create, in words; `undefined` where it creates them all.
 * What such a part lacks in this stack, it may have elsewhere.
 */
export function notOwned(parts: readonly (Target | undefined)[]): string | undefined {
  for (const part of parts) {
    const ownership = part && ownershipBehind(part);
    if (part && ownership !== "created") return inWords(part);
  }
  return undefined;
}

function inWords(part: Target): string {
  if (part.is === "unknown") return "a resource that is not known until the update";
  if (part.is === "outside") return `\`${printable(part.id)}\`, which is not in this stack`;
  const { name } = part.resource;
  return ownershipOf(part.resource) === "read"
    ? `\`${name}\`, which this stack reads and does not create`
    : `\`${name}\`, which AWS creates and this stack adopts`;
}
