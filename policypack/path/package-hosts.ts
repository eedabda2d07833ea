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
  const [, scheme, host, path = ""] = /^(\w[\w+]*):\/\/([^/\s:]+)(?::\d+)?\/?(.*)/.exec(url) ?? [];
  if (host === undefined || scheme === "file") return undefined;
  if (scheme === "s3") return inWords("unknown", host); // of which region, the URL does not tell
  const ofS3 = s3.exec(host);
  if (ofS3) return bucketAt(ofS3, path, regionOf(fleet));
  const isUnknown =
    host.includes("$") || isPrivateAddress(host) || privateNames.test(host) || isInPrivateZone(stack, host);
  return inWords(isUnknown ? "unknown" : "internet", host);
}

/** A bucket by one of S3's own names, in path style or virtual-hosted style. */
function bucketAt([, before, regionOfHost]: RegExpExecArray, path: string, region: string | undefined): PackageHost {
  const [first = "", ...rest] = path.split("/");
  const [bucket, key] = before === undefined ? [first, rest.join("/")] : [before, path];
  if (region === undefined) return inWords("unknown", bucket);
  const ofBucket = regionOfHost?.startsWith("$") ? region : (regionOfHost ?? "us-east-1");
  if (ofBucket !== region) return { is: "internet", where: `a bucket in \`${ofBucket}\`` };
  if (bucket.includes("$")) return inWords("unknown", bucket);
  return { is: "S3", bucket, key: `${key.replace(/\$(\{[^}]*\}?|\w+)/g, "*")}*` };
}

function inWords(is: "internet" | "unknown", name: string): PackageHost {
  return { is, where: `\`${name}\`` };
}

/** Whether a hosted zone of the stack that VPCs use has the name, so that it may resolve to anything. */
function isInPrivateZone(stack: Stack, host: string): boolean {
  return stack.of("hostedZone").some(({ props }) => {
    const zone = known(readText(props, "name"));
    return zone !== undefined && `.${host.toLowerCase()}`.endsWith(`.${bareDomain(zone)}`);
  });
}
