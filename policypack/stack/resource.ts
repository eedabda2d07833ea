import { type Reading, asText, known, read, readText } from "./reading";

/** A resource of any stack: as a policy pack sees it, or read from a plan or a state. */
export interface StackResource {
  readonly type: string;
  readonly urn: string;
  /** Pulumi's logical name. */
  readonly name: string;
  /** Inputs where a resource is judged by itself, outputs where the whole stack is. Read by reading.ts only. */
  readonly props: Readonly<Record<string, unknown>>;
  /** Whether the stack reads it (`.get()`) instead of creating it. */
  readonly isRead?: boolean;
  /** Whether it is of another stack, which this one is judged with: it is reported there. */
  readonly isContext?: boolean;
  readonly provider?: { readonly props: Readonly<Record<string, unknown>> };
  /** For each top-level property, the resources that its value may come from. */
  readonly propertyDependencies?: Readonly<Record<string, readonly StackResource[]>>;
}

/** The logical name in a URN: all behind the type, since a name may hold colons itself. */
export function nameOfUrn(urn: string): string {
  const name = urn.split("::").slice(3).join("::");
  return name === "" ? urn : name;
}

/** The name of the type in a URN: `aws:ec2/launchTemplate:LaunchTemplate` is a LaunchTemplate. */
export function typeNameOfUrn(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1)?.split(":").at(-1) ?? "";
}

/** The stack that a resource belongs to: `project/stack`. */
export function stackOfUrn(urn: string): string {
  const [stack = "", project = ""] = urn.replace(/^urn:pulumi:/, "").split("::");
  return `${project}/${stack}`;
}

/** The URN of a resource without a parent in a stack, `project/stack`. */
export function urnIn(stack: string, type: string, name: string): string {
  const [project = "", ...names] = stack.split("/");
  return `urn:pulumi:${names.join("/")}::${project}::${type}::${name}`;
}

const names = new Intl.Collator("en", { numeric: true });

/** The order of resources in everything that is said of a stack: `web-9`, `web-10`; of one name by their URNs. */
export function inOrder(a: StackResource, b: StackResource): number {
  return names.compare(a.name, b.name) || (a.urn < b.urn ? -1 : 1);
}

/**
 * Reads a property that AWS computes where it is not set. At preview, outputs then contain an unknown that no resource
 * is behind: the property was not set, and AWS's default applies.
 */
export function given(resource: StackResource, property: string): Reading {
  const reading = read(resource.props, property);
  const { propertyDependencies } = resource;
  if (reading.is !== "unknown" || reading.isSecret || !propertyDependencies) return reading;
  return (propertyDependencies[property] ?? []).length > 0 ? reading : { is: "absent" };
}

/**
 * The region of a resource: its own `region` input (aws 7), its provider's, or the one in an ARN or service name in it.
 * `undefined` when none of them is known.
 */
export function regionOf(resource: StackResource): string | undefined {
  const own = given(resource, "region");
  if (own.is === "unknown") return undefined;
  const region =
    known(asText(own)) ??
    known(readText(resource.provider?.props, "region")) ??
    regionInArn(known(readText(resource.props, "arn"))) ??
    regionInServiceName(known(readText(resource.props, "serviceName")));
  return region !== undefined && /^[a-z0-9-]+$/.test(region) ? region : undefined; // reports show it as it is
}

function regionInArn(arn: string | undefined): string | undefined {
  return arn?.split(":")[3] || undefined;
}

/** `com.amazonaws.eu-west-1.s3`, in China `com.amazonaws.cn-north-1.s3` or with `cn.` before it. */
function regionInServiceName(serviceName: string | undefined): string | undefined {
  return serviceName?.split(".").find((part) => /^[a-z]{2}(-[a-z]+)+-\d$/.test(part));
}

/** The type of what stands for a reference that cannot be followed, such as a local value of Terraform. */
export const unfollowedType = "terraform:reference";
