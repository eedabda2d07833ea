import { objectsOf } from "../facts/buckets";
import { regions } from "../facts/regions";
import { type Caller, requestContext } from "../iam/context";
import { decide } from "../iam/decide";
import { ObjectSet } from "../iam/objects";
import { byEndpointPolicy, readByS3 } from "./endpoint-policy";
import type { HopVerdict } from "./hop";
import type { SubnetEgress } from "./egress";

/** Objects in a bucket of the fleet's own region that user data makes instances read. */
export interface ObjectRead {
  readonly bucket: string;
  /** `*` stands for what is not known. */
  readonly key: string;
  readonly caller: Caller;
  /** What they contain, as a relative clause. */
  readonly contains: string;
}

/** Whether such a read arrives: by the path to S3, and by the endpoint policy on it. */
export function objectReadBy(
  egress: SubnetEgress,
  { bucket, key, caller, contains }: ObjectRead,
  isThere: HopVerdict,
): HopVerdict {
  return readByS3(
    egress.s3,
    (endpoint) =>
      byEndpointPolicy(endpoint, (document, region, path) => {
        const objects = new ObjectSet(regions[region].partition.id, bucket, [key], !key.includes("*"));
        const context = requestContext(caller, path);
        return {
          decision: decide(document, { action: "s3:GetObject", caller, objects, context, path }),
          fix: `Allow s3:GetObject on \`${objectsOf(bucket, region)}\`, which contains ${contains}, without a condition.`,
        };
      }),
    () => isThere,
  );
}
