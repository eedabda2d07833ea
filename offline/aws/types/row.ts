import type { AwsObjects } from "../objects";
import type { CheckFailure } from "../schema";
import { type Place, accountId, hex } from "../account";
import type { Properties, Value } from "../values";

/** What the stand-in knows of a resource type beyond the names and types of its inputs (those are in inputs.json). */
export interface TypeRow {
  /** The id that AWS gives. */
  readonly id: (created: Created) => string;
  /** Outputs that AWS computes: unknown at preview. Where one is an input too, a given value stays. */
  readonly computed?: Readonly<Record<string, (created: Created) => Value>>;
  /** Outputs that change with every update in place, from what they were. */
  readonly advances?: Readonly<Record<string, (before: Value) => Value>>;
  /** Inputs that the provider itself fills in when they aren't given: known at preview. */
  readonly defaults?: Properties;
  /** The input that gets a name of the provider's making: the resource's name and random digits. */
  readonly autoname?: { readonly input: string; readonly maxLength: number };
  /** Inputs whose change makes AWS replace the resource. */
  readonly replaceOn: readonly string[];
  /** What AWS refuses beyond names and types. */
  readonly checks?: readonly Check[];
  /** IAM and a few others live outside regions, so they have no `region` input or output. */
  readonly global?: true;
}

/** A resource as it is being made. */
export interface Created {
  readonly inputs: Properties;
  /** An input as text, empty where it isn't given. */
  readonly text: (input: string) => string;
  readonly place: Place;
  readonly urn: string;
  /** The resource's id; not for use in `id` itself. */
  readonly id: string;
  /** Hex digits that are stable for this resource until it is replaced. */
  readonly hex: (length: number, salt?: string) => string;
}

/** Says what AWS or its provider would refuse; `undefined` when nothing is wrong or it can't be told yet. */
export type Check = (request: CheckRequest) => CheckFailure | undefined;

export interface CheckRequest {
  /** Without secret wrappers; what is not known yet is the unknown sentinel. */
  readonly inputs: Properties;
  readonly aws: AwsObjects;
  readonly place: Place;
  readonly urn: string;
}

/** An id of EC2: a prefix and 17 hex digits. */
export const ec2Id =
  (prefix: string) =>
  (created: Created): string =>
    `${prefix}-0${created.hex(16, prefix)}`;

export const idFromInput =
  (input: string) =>
  ({ text }: Created): string =>
    text(input);

/** An id made of inputs, as providers make it for what AWS itself doesn't name. */
export const idFromInputs =
  (separator: string, ...inputs: string[]) =>
  (created: Created): string =>
    inputs.map(created.text).join(separator);

export const arn =
  (service: string, resource: (created: Created) => string) =>
  (created: Created): string =>
    `arn:${created.place.partition}:${service}:${created.place.region}:${accountId}:${resource(created)}`;

export const ec2Arn = (resource: string) => arn("ec2", ({ id }) => `${resource}/${id}`);

/** IAM's ARNs have no region, and the path stands in them. */
export const iamArn =
  (resource: string) =>
  (created: Created): string => {
    const path = created.text("path") || "/";
    return `arn:${created.place.partition}:iam::${accountId}:${resource}${path}${created.text("name")}`;
  };

export const owner = () => accountId;
export const constant = (value: Value) => () => value;

/** IAM's unique ids: four letters that tell the kind, and 17 more. */
export const iamUniqueId = (prefix: string) => (created: Created) =>
  `${prefix}${created.hex(17, prefix).toUpperCase()}`;

/** A UUID-like id. */
export const uuid = (created: Created): string => {
  const digits = hex(32, created.hex(16));
  return [8, 12, 16, 20].reduceRight((text, at) => `${text.slice(0, at)}-${text.slice(at)}`, digits);
};
