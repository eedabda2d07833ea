import { type Region, isPrivateAddress, regions } from "patchpath/facts";

/** An address in the configuration of a repository source, as far as we read it. */
export interface SourceAddress {
  readonly address: string;
  readonly host: string;
  readonly isHttps: boolean;
  /** What is read there in S3; `undefined` for a host that is none of S3's, or whose bucket the address does not tell. */
  readonly inS3: BucketRead | undefined;
}

/** Objects of a bucket that package managers read unsigned. */
export interface BucketRead {
  readonly bucket: string;
  readonly region: string;
  /** Of the objects' keys, with `*` where the package manager puts a value of its own. */
  readonly key: string;
}

/**
 * The addresses in a section of yum's configuration or a `deb` line. A mirror list or a key is one object; below any other
 * address lie metadata and packages, and where the packages do only the metadata says, so that is all of it.
 */
export function sourceAddresses(configuration: string, region: Region): SourceAddress[] {
  const text = withRegion(configuration, region).replace(/^[ \t]*[#;].*$/gm, "");
  const found: SourceAddress[] = [];
  let option = "";
  for (const [match, name, address] of text.matchAll(/^[ \t]*(\w+)[ \t]*=|(\bhttps?:\/\/[^\s,'"]+)/gim)) {
    if (name !== undefined) option = name.toLowerCase();
    if (address !== undefined && option !== "proxy")
      found.push(readAddress(match, ["mirrorlist", "metalink", "gpgkey"].includes(option)));
  }
  return found;
}

/** Amazon Linux's own variables for the region and its domain, as they stand in its repository files. */
function withRegion(configuration: string, region: Region): string {
  return configuration
    .replace(/\$(awsregion\b|\{awsregion\})/g, region)
    .replace(/\$(awsdomain\b|\{awsdomain\})/g, regions[region].partition.dnsSuffix);
}

const s3Host =
  /^(?:(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\.)?s3(?:[.-](?:dualstack\.)?(?<region>[a-z]{2}(?:-[a-z]+)+-\d))?\.amazonaws\.com(?:\.cn)?$/;

function readAddress(address: string, isOneObject: boolean): SourceAddress {
  const [, scheme = "", host = "", path = ""] = /^(https?):\/\/([^/:]+)[^/]*(?:\/([^?#]*))?/i.exec(address) ?? [];
  const parts = s3Host.exec(host)?.groups;
  const [bucket = "", ...below] = parts?.["bucket"] === undefined ? path.split("/") : [parts["bucket"], path];
  const folder = below.join("/").replace(/\/$/, "");
  const key = (isOneObject ? folder : `${folder && `${folder}/`}*`).replace(/\$(\{\w*\}|\w+)/g, "*");
  const isTold = parts !== undefined && bucket !== "" && !bucket.includes("$");
  return {
    address,
    host,
    isHttps: scheme.toLowerCase() === "https",
    // The name without a region leads to the servers of us-east-1.
    inS3: isTold ? { bucket, region: parts["region"] ?? "us-east-1", key } : undefined,
  };
}

/**
 * Whether an address is reached over the internet only: not S3 in the stack's region, which the gateway endpoint carries
 * (of other regions it carries nothing, and nothing of S3's accelerated names), and no address of a private network, whose
 * routes this stack does not know.
 */
export function isOnInternet({ host, inS3 }: SourceAddress, region: Region): boolean {
  if (inS3) return inS3.region !== region;
  const isOtherS3 = /(^|\.)s3[.-][a-z0-9.-]*amazonaws\.com(\.cn)?$/.test(host) && !host.includes("s3-accelerate");
  return !isOtherS3 && !isPrivate(host);
}

const isPrivate = (host: string) => isPrivateAddress(host) || /\.(internal|local)$/.test(host);
