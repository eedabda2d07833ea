import { isObject } from "../../iam/problems";
import type { Json } from "../json-parts";

/** A resource or data source of Terraform, from a state or a plan of any form. */
export interface TerraformResource {
  /** `module.network.aws_subnet.private[0]`: unique in a state. */
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  /** Its attributes; what is a secret or known after apply is unknown. */
  readonly values: Json;
  /** Its provider configuration, as the file identifies it. */
  readonly provider: string;
  /** Of a plan: for each attribute that is set, the addresses that its value may come from. */
  readonly references?: ReadonlyMap<string, readonly string[]>;
}

/**
 * A value with a mark at the parts that a mask names: `after_unknown` and `sensitive_values` have the value's own shape.
 *
 * @param mark that stands for what is unknown, or a secret
 */
export function masked(value: unknown, mask: unknown, mark: string): unknown {
  if (mask === true) return mark;
  if (Array.isArray(mask)) {
    const list: readonly unknown[] = Array.isArray(value) ? value : [];
    return Array.from({ length: Math.max(list.length, mask.length) }, (_, i) => masked(list[i], mask[i], mark));
  }
  if (!isObject(mask)) return value;
  const record = isObject(value) ? value : {};
  const marked = Object.entries(mask).filter(([, inner]) => inner !== false && !isEmpty(inner));
  return marked.length === 0
    ? value
    : { ...record, ...Object.fromEntries(marked.map(([key, inner]) => [key, masked(record[key], inner, mark)])) };
}

/** `[]` and `{}` mark nothing. */
function isEmpty(mask: unknown): boolean {
  return typeof mask === "object" && mask !== null && Object.keys(mask).length === 0;
}

/** The objects in a list, which counts as empty if it is none. */
export function objectsIn(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function textIn(record: Json, key: string): string {
  const value = record[key];
  return typeof value === "string" ? value : "";
}

/** `[0]`, `["a"]`, or nothing. */
export function indexInWords(index: unknown): string {
  return index === undefined || index === null ? "" : `[${JSON.stringify(index)}]`;
}
