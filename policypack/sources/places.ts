import { groupedBy } from "../stack/grouped-by";
import { known, read, readText } from "../stack/reading";
import { type StackResource, regionOf, stackOfUrn } from "../stack/resource";

/** An account and region, as far as they are known. */
export interface Place {
  readonly account: string | undefined;
  /** `global` for what belongs to all regions of an account, such as roles. */
  readonly region: string | undefined;
}

/** Resources of one stack in one place. */
export interface Unit extends Place {
  readonly stack: string;
  readonly resources: readonly StackResource[];
}

/** The resources of several stacks by stack, account and region, in their own order. */
export function unitsOf(resources: readonly StackResource[]): Unit[] {
  const byStack = groupedBy(resources, ({ urn }) => stackOfUrn(urn));
  return [...byStack].flatMap(([stack, own]) => unitsOfStack(stack, own));
}

function unitsOfStack(stack: string, resources: readonly StackResource[]): Unit[] {
  const regions = new Set<string>();
  const accountsByRegion = new Map<string, Set<string>>();
  const all = new Set<string>();
  for (const resource of resources) {
    const region = isGlobal(resource) ? "global" : regionOf(resource);
    if (region !== undefined && region !== "global") regions.add(region);
    const account = accountOf(resource);
    if (account === undefined) continue;
    all.add(account);
    const ofRegion = accountsByRegion.get(region ?? "") ?? new Set();
    accountsByRegion.set(region ?? "", ofRegion.add(account));
  }
  const placeOf = (resource: StackResource): Place => {
    const region = isGlobal(resource) ? "global" : (regionOf(resource) ?? only(regions));
    return { region, account: accountOf(resource) ?? only(accountsByRegion.get(region ?? "")) ?? only(all) };
  };
  const placed = resources.map((resource) => ({ resource, ...placeOf(resource) }));
  return [...groupedBy(placed, ({ account, region }) => `${account ?? ""} ${region ?? ""}`).values()].map((alike) => ({
    stack,
    account: alike[0]!.account,
    region: alike[0]!.region,
    resources: alike.map(({ resource }) => resource),
  }));
}

/** IAM, hosted zones, and what is not of AWS, such as components: it belongs to every region. */
function isGlobal({ type }: StackResource): boolean {
  return /^aws(-native)?:iam[/:]|^aws:route53\/(zone|record)|^aws-native:route53:|^pulumi:|^terraform:/.test(type);
}

/** By its ARN or owner, or by the role or the accounts of its provider. */
function accountOf({ type, props, provider }: StackResource): string | undefined {
  if (type.includes(":ec2/ami")) return undefined; // its owner is whoever publishes the image
  const roles = [read(provider?.props, "assumeRole"), read(known(read(provider?.props, "assumeRoles")), 0)];
  const arns = [readText(props, "arn"), ...roles.map((role) => readText(known(role), "roleArn"))];
  return (
    arns.map((arn) => accountIn(known(arn)?.split(":")[4])).find((account) => account !== undefined) ??
    accountIn(known(readText(props, "ownerId"))) ??
    accountIn(known(readText(known(read(provider?.props, "allowedAccountIds")), 0)))
  );
}

function accountIn(text: string | undefined): string | undefined {
  return text !== undefined && /^\d{12}$/.test(text) ? text : undefined;
}

function only<T>(values: ReadonlySet<T> | undefined): T | undefined {
  return values?.size === 1 ? [...values][0] : undefined;
}
