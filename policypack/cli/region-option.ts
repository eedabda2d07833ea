import { type Region, isRegion, regions } from "../facts/regions";
import { UsageError } from "./usage-error";

/** The value of `--region`. @throws UsageError for a region that is not supported */
export function regionOf(name: string): Region {
  if (isRegion(name)) return name;
  throw new UsageError(`--region is \`${name}\`; expected one of ${Object.keys(regions).join(", ")}`);
}
