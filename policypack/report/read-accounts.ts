import type { StackResource } from "../stack/resource";
import type { Seen } from "./seen";

/** What to read of live accounts. */
export interface AccountsToRead {
  readonly regions: readonly string[];
  readonly profile?: string | undefined;
  /** One account for each; without any the caller's own. */
  readonly roleArns?: readonly string[] | undefined;
  /** Whose fleets to judge; by default those of every VPC. */
  readonly vpcIds?: readonly string[] | undefined;
  readonly endpointUrl?: string | undefined;
  /** An aggregator of AWS Config in the only region, to read instead of the accounts themselves. */
  readonly configAggregator?: string | undefined;
}

/** An account in a region: what the model calls a stack. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** One account in one region, as it is. */
export interface ReadPlace {
  readonly place: Place;
  readonly resources: readonly StackResource[];
  /** What Systems Manager reports of each fleet, by its URN. */
  readonly seen: ReadonlyMap<string, Seen>;
  /** Sentences about calls that were not answered. */
  readonly failures: readonly string[];
  /** Requests that were made. */
  readonly calls: number;
}
