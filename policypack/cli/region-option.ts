import { type Region, isRegion, regions } from "../facts/regions";
import { kindOf } from "../stack/kinds";
import { type StackResource, regionOf as regionOfResource } from "../stack/resource";
import { nameOfFile } from "../sources/input-file";
import { UsageError } from "./usage-error";

/** The value of `--region`. @throws UsageError for a region that is not supported */
export function regionOf(name: string): Region {
  if (isRegion(name)) return name;
  throw new UsageError(`--region is \`${name}\`; expected one of ${Object.keys(regions).join(", ")}`);
}

/**
 * Refuses a region in which a file has no resource, though it says where they are: each read of another region's buckets
 * would be judged wrongly.
 *
 * @param region what `--region` says; the resources of which the file says nothing are in it
 * @throws UsageError
 */
export function refuseContradiction(file: string, resources: readonly StackResource[], region: Region): void {
  const told = new Set(resources.flatMap((one) => (kindOf(one) ? (regionOfResource(one) ?? []) : [])));
  if (told.size === 0 || told.has(region)) return;
  throw new UsageError(
    `--region is \`${region}\`, but the resources of ${nameOfFile(file)} are in ${[...told].sort().join(", ")}; leave out --region`,
  );
}
