import { isPrivateAddress } from "../facts/private-addresses";
import { bareDomain } from "../stack/domains";
import { known, readText } from "../stack/reading";
import { regionOf } from "../stack/resource";
import type { StackResource } from "../stack/resource";
import type { Stack } from "../stack/stack";

/** Where a package repository is. */
export type PackageHost =
  /** A bucket in the region of the fleet. */
  | { readonly is: "S3"; readonly bucket: string; readonly key: string }
  | { readonly is: "internet"; readonly where: string }
  /** A private address or name, or one that is not known. */
  | { readonly is: "unknown"; readonly where: string };

/** Names that public DNS does not have, and addresses of the instance itself. Source: RFC 6762 appendix G, RFC 8375, ICANN's `internal`. */
const privateNames = /^[^.]+$|^127\.|^169\.254\.|\.(internal|intranet|private|corp|home|lan|local|home\.arpa)$/i;

/** S3 by its own names: the bucket before or behind the host, of a region or of none, in dual-stack form too. */
const s3 = /^(?:(.+)\.)?s3(?:[.-](?:dualstack\.)?([a-z]{2}(?:-[a-z]+)+-\d|\$\{?\w+\}?))?\.amazonaws\.com(?:\.cn)?$/i;

/** The host of a URL; `undefined` for one that names none, such as a file's. */
export function packageHostOf(stack: Stack, fleet: StackResource, url: string): PackageHost | undefined {
  const [, scheme, host, path = ""] = /^(\w[\w+]*):\/\/([^/\s:]+)(?::\d+)?\/?(.*)$/.exec(url) ?? [];
  if (host === undefined || scheme === "file") return undefined;
  const region = regionOf(fleet);
  const bucketByScheme = scheme === "s3" ? host : undefined;
  const [matched, before, regionOfHost] = s3.exec(host) ?? [];
  if (matched !== undefined || bucketByScheme !== undefined) {
    const [first = "", ...rest] = path.split("/");
    const bucket = bucketByScheme ?? before ?? first;
    const key = (before === undefined && bucketByScheme === undefined ? rest.join("/") : path) + "*";
    if (region === undefined || bucketByScheme !== undefined) return { is: "unknown", where: `\`${bucket}\`` };
    const ofBucket = regionOfHost?.startsWith("$") ? region : (regionOfHost ?? "us-east-1");
    return ofBucket === region && !bucket.includes("$")
      ? { is: "S3", bucket, key: key.replace(/\$(\{\w*\}?|\w+)/g, "*") }
      : ofBucket === region
        ? { is: "unknown", where: `\`${bucket}\`` }
        : { is: "internet", where: `a bucket in \`${ofBucket}\`` };
  }
  const where = `\`${host}\``;
  const isUnknown =
    host.includes("$") || isPrivateAddress(host) || privateNames.test(host) || isInPrivateZone(stack, host);
  return isUnknown ? { is: "unknown", where } : { is: "internet", where };
}

/** Whether a hosted zone of the stack that VPCs use has the name, so that it may resolve to anything. */
function isInPrivateZone(stack: Stack, host: string): boolean {
  return stack.of("hostedZone").some(({ props }) => {
    const zone = known(readText(props, "name"));
    return zone !== undefined && `.${host.toLowerCase()}`.endsWith(`.${bareDomain(zone)}`);
  });
}
