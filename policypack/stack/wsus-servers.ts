import { bareDomain } from "./domains";
import { type Fleet, fleetsOf } from "./fleets";
import { subnetOf } from "./network";
import { elementsOf, known, read, readText, scalarText } from "./reading";
import type { StackResource } from "./resource";
import { scriptsOf } from "./scripts";
import { Stack } from "./stack";
import type { WsusPointer } from "./wsus-pointers";

/** What a fleet's WSUS server is: one of the stack, one from elsewhere, or one of several (`unknown`). */
export type WsusServer =
  | { readonly is: "fleet"; readonly fleet: Fleet }
  | { readonly is: "outside"; readonly host: string | undefined }
  | { readonly is: "unknown" };

/**
 * The server that a fleet is pointed to: by its address or a DNS record, and while the address is not known by the
 * machines that it may come from. A name that nothing in the stack resolves is taken for the only WSUS server in the
 * stack.
 */
export function wsusServerBehind(stack: Stack, client: Fleet, { script, address }: WsusPointer): WsusServer {
  const { host } = address;
  if (host === undefined) {
    const origins = originsOf(stack, script.resource, script.property);
    return oneOf(origins.length > 0 ? origins : othersThan(client, wsusServersOf(stack)), host);
  }
  if (["localhost", "127.0.0.1"].includes(host)) return { is: "fleet", fleet: client };
  const named = machinesAt(stack, host);
  if (named.length > 0) return oneOf(named.length === 1 ? named : inVpcOf(stack, client, named), host);
  const recorded = stack.of("dnsRecord").filter((record) => namesOfRecord(record).includes(host));
  if (recorded.length > 0) {
    return oneOf(
      recorded.flatMap((record) => machinesOfRecord(stack, record)),
      host,
    );
  }
  return isOfOneMachine(host) ? { is: "outside", host } : oneOf(othersThan(client, wsusServersOf(stack)), host);
}

function oneOf(fleets: readonly Fleet[], host: string | undefined): WsusServer {
  const [only, ...others] = new Set(fleets);
  if (!only) return { is: "outside", host };
  return others.length === 0 ? { is: "fleet", fleet: only } : { is: "unknown" };
}

function othersThan(client: Fleet, fleets: readonly Fleet[]): Fleet[] {
  return fleets.filter((one) => one !== client);
}

/** An address, or a private DNS name that AWS assigns. */
function isOfOneMachine(host: string): boolean {
  return /^[\d.]+$|\.(compute\.internal|ec2\.internal|amazonaws\.com(\.cn)?)$/.test(host);
}

/** The fleets of a stack on which a script installs WSUS. */
export function wsusServersOf(stack: Stack): readonly Fleet[] {
  return stack.derive(readServers);
}

const installsRole = /(?<!Microsoft\.)\bUpdateServices\b/i;

function readServers(stack: Stack): Fleet[] {
  return fleetsOf(stack).filter((fleet) => hasLine(stack, fleet, installsRole));
}

/**
 * Whether a server gets its updates from another WSUS server, or by import, and does not require a route to Microsoft
 * Update.
 */
export function isFedOtherwise(stack: Stack, server: Fleet): boolean {
  return hasLine(stack, server, /\b(UssServerName|UpstreamWsusServerName)\b|\bwsusutil(\.exe)?['"]?\s+import\b/i);
}

function hasLine(stack: Stack, fleet: Fleet, pattern: RegExp): boolean {
  return scriptsOf(stack, fleet).some(({ lines, runs }) => runs === true && lines.some((line) => pattern.test(line)));
}

/** By its private address, or a private DNS name, given or made of the address. */
function machinesAt(stack: Stack, host: string): readonly Fleet[] {
  return fleetsOf(stack).filter(({ resource: { props } }) => {
    const address = known(readText(props, "privateIp"));
    const names = [readText(props, "privateDns"), readText(props, "privateDnsName")].map(known);
    const nameFromAddress = address && `ip-${address.replaceAll(".", "-")}.`;
    return (
      host === address || names.includes(host) || (nameFromAddress !== undefined && host.startsWith(nameFromAddress))
    );
  });
}

/** Private addresses are assigned in each VPC anew: of machines with one address those in the VPC of the client; else all. */
function inVpcOf(stack: Stack, client: Fleet, machines: readonly Fleet[]): readonly Fleet[] {
  const vpcsOf = ({ subnets }: Fleet) => subnets.map((subnet) => Stack.key(subnetOf(stack, subnet).vpc));
  const own = new Set(vpcsOf(client));
  const near = machines.filter((machine) => vpcsOf(machine).some((vpc) => vpc !== undefined && own.has(vpc)));
  return near.length > 0 ? near : machines;
}

function namesOfRecord({ props }: StackResource): string[] {
  return [readText(props, "fqdn"), readText(props, "name")].flatMap((name) => {
    return name.is === "known" ? [bareDomain(name.value)] : [];
  });
}

/** The machines that a record leads to. */
function machinesOfRecord(stack: Stack, record: StackResource): Fleet[] {
  return elementsOf(read(record.props, "records")).flatMap((value) => {
    const name = scalarText(known(value));
    return name === undefined ? originsOf(stack, record, "records") : machinesAt(stack, bareDomain(name));
  });
}

/** The machines that a value which is not known yet may come from; before others the WSUS servers among them. */
function originsOf(stack: Stack, resource: StackResource, property: string): Fleet[] {
  const urns = (resource.propertyDependencies?.[property] ?? []).map(({ urn }) => urn);
  const isAmong = (fleet: Fleet) => urns.includes(fleet.resource.urn);
  const servers = wsusServersOf(stack).filter(isAmong);
  return servers.length > 0 ? servers : fleetsOf(stack).filter(isAmong);
}
