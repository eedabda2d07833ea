import { readCidrBlock } from "@patchpath/components";
import { z } from "zod";

/** The namespace of the keys. */
export const namespace = "patchpath:";

/** A text of a certain form; `expected` completes "expected …". */
export const text = (form: RegExp, expected: string) => z.string().regex(form, expected);

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html, checked 2026-11-22. */
export const bucketForm = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

export const bucketName = text(bucketForm, "the name of a bucket: 3 to 63 lower-case letters, digits, dots or hyphens");

/** A part of the names of resources. */
export const nameOfPart = text(
  /^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$/,
  "1 to 32 lower-case letters, digits or hyphens, a letter first",
);

export const managedPolicyArn = text(/^arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/.+$/, "the ARN of a managed policy");

export const arn = (service: string, what: string) =>
  text(new RegExp(`^arn:aws[a-z-]*:${service}:.+$`), `the ARN of ${what}`);

/** The id of a resource of EC2's, in its old and its new length. */
export const resourceId = (prefix: string) =>
  text(new RegExp(`^${prefix}-[0-9a-f]{8}([0-9a-f]{9})?$`), `an id, such as \`${prefix}-0123456789abcdef0\``);

/**
 * Family, generation and options, then the size: https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html,
 * a page that could not be opened (unconfirmed), so the form is as wide as the types that we know of.
 */
export const instanceType = text(
  /^[a-z][a-z0-9-]*\d[a-z0-9-]*\.(nano|micro|small|medium|large|\d*xlarge|metal(-\d+xl)?)$/,
  "an instance type, such as `t3.micro`",
);

export const cidrBlock = z
  .string()
  .refine((block) => readCidrBlock(block), "the network address of an IPv4 block, such as `10.20.0.0/16`");

/** The names in a table, as a choice takes them. */
export const namesIn = <T extends object>(table: T) =>
  Object.keys(table) as [keyof T & string, ...(keyof T & string)[]];
