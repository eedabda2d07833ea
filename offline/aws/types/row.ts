import type { AwsObjects } from "../objects";
import type { CheckFailure } from "../schema";
import { type Place, accountId, hex } from "../account";
import type { Properties, Value } from "../values";

/** A resource type of the stand-in, in addition to the names and types of its inputs (those are in inputs.json). */
export interface TypeRow {
  /** The id that AWS assigns. */
  readonly id: (created: Created) => string;
  /** Outputs that AWS computes: unknown at preview. If one is also an input, a given value stays. */
  readonly computed?: Readonly<Record<string, (created: Created) => Value>>;
  /** Outputs that AWS computes inside an object that is an input: unknown at preview. A given value stays. */
  readonly completes?: Readonly<Record<string, Readonly<Record<string, (created: Created) => Value>>>>;
  /** Outputs that change with every update in place, from their previous values. */
  readonly advances?: Readonly<Record<string, (before: Value) => Value>>;
  /** Default values of the provider: known at preview. */
  readonly defaults?: Properties;
  /** The input that the provider fills with an auto-generated name: the name of the resource and random digits. */
  readonly autoname?: { readonly input: string; readonly maxLength: number; readonly lowercase?: true };
  /** Inputs whose change makes AWS replace the resource. */
  readonly replaceOn: readonly string[];
  /** Checks of AWS, in addition to names and types. */
  readonly checks?: readonly Check[];
  /** IAM and a few others are global, so they have no `region` input or output. */
  readonly global?: true;
}

/** A resource that is being created. */
export interface Created {
  readonly inputs: Properties;
  /** An input as a string; empty if it is not given. */
  readonly text: (input: string) => string;
  readonly place: Place;
  readonly urn: string;
  /** What else is in the account. */
  readonly aws: AwsObjects;
  /** The id of the resource; not for use in `id` itself. */
  readonly id: string;
  /** Hex digits that are stable for this resource until it is replaced. */
  readonly hex: (length: number, salt?: string) => string;
}

/** The error of AWS or its provider; `undefined` if there is none, or it cannot be determined yet. */
export type Check = (request: CheckRequest) => CheckFailure | undefined;

export interface CheckRequest {
  /** Without secret wrappers. Values that are not known yet are the unknown marker. */
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

/** An id composed of inputs, as providers do for resources without an id in AWS. */
export const idFromInputs =
  (separator: string, ...inputs: string[]) =>
  (created: Created): string =>
    inputs.map(created.text).join(separator);

export const arn =
  (service: string, resource: (created: Created) => string) =>
  (created: Created): string =>
    `arn:${created.place.partition}:${service}:${created.place.region}:${accountId}:${resource(created)}`;

export const ec2Arn = (resource: string) => arn("ec2", ({ id }) => `${resource}/${id}`);

/** ARNs of IAM have no region, and contain the path. */
export const iamArn =
  (resource: string) =>
  (created: Created): string => {
    const path = created.text("path") || "/";
    return `arn:${created.place.partition}:iam::${accountId}:${resource}${path}${created.text("name")}`;
  };

export const owner = () => accountId;
export const constant = (value: Value) => () => value;

/** Unique ids of IAM: a prefix of four letters for the type, and 17 more characters. */
export const iamUniqueId = (prefix: string) => (created: Created) =>
  `${prefix}${created.hex(17, prefix).toUpperCase()}`;

/** A UUID-like id. */
export const uuid = (created: Created): string => {
  const digits = hex(32, created.hex(16));
  return [8, 12, 16, 20].reduceRight((text, at) => `${text.slice(0, at)}-${text.slice(at)}`, digits);
};
