import { parsePolicy } from "../iam/parse";
import type { DocumentKind, PolicyDocument } from "../iam/document";
import { type Truth, any } from "../iam/truth";
import type { Fleet } from "./fleets";
import { isNative, isOf } from "./kinds";
import { oncePer } from "./once-per";
import { type Reading, asText, elementsOf, isSecret, known, plain, read, readText } from "./reading";
import { type StackResource, given } from "./resource";
import { policiesOfAnyRole, rolesNamedBy } from "./named-roles";
import { type Detacher, type InlinePolicy, withDetached, withoutDeleted } from "./role-owners";
import { type Stack, type Target } from "./stack";
import { ec2, trustsService } from "./trust";

/** A managed policy on a role, and the property that attaches it. */
export interface AttachedManagedPolicy {
  readonly resource: StackResource;
  readonly property: string;
  readonly arn: Reading<string>;
  /** The policy, where it is in the stack. */
  readonly customerManaged?: Target | undefined;
  /** What owns the attachments, and detaches this one, or may. */
  readonly detachedBy?: Detacher | undefined;
}

/**
 * The managed policies that one resource attaches to roles, whatever its kind.
 * A PolicyAttachment counts only when it names roles: on users and groups it is not about instances.
 */
export function managedPoliciesAttachedBy(resource: StackResource): AttachedManagedPolicy[] {
  const { props } = resource;
  const one = (property: string) => [{ resource, property, arn: readText(props, property) }];
  const several = (property: string) =>
    elementsOf(given(resource, property)).map((arn, i) => ({
      resource,
      property: `${property}[${i}]`,
      arn: asText(arn),
    }));
  if (isOf("role", resource)) return several("managedPolicyArns");
  if (isOf("rolePolicyAttachment", resource)) return one("policyArn");
  if (isOf("policyAttachment", resource)) return elementsOf(read(props, "roles")).length > 0 ? one("policyArn") : [];
  if (isOf("rolePolicyAttachmentsExclusive", resource)) return several("policyArns");
  return [];
}

/** A role that a stack has, or only names. */
export interface Role {
  /** `undefined` for a role that is not in the stack. */
  readonly resource: StackResource | undefined;
  readonly name: string | undefined;
  readonly trustsEc2: Truth;
  /** Trusts EC2, or sits in an instance profile. */
  readonly isForInstances: Truth;
  readonly managedPolicies: readonly AttachedManagedPolicy[];
  /** Inline policies, however they are attached; `undefined` for any policy of which it, or whose it is, is not known yet. */
  readonly inlinePolicies: readonly (PolicyDocument | undefined)[];
  /** Whether one of its policies is a secret, which may deny anything. */
  readonly hasSecretPolicy: boolean;
  /** The permissions boundary: no other policy grants anything beyond it. */
  readonly boundary: AttachedManagedPolicy | undefined;
}

/** The roles of a stack, and those that it only names, with the policies that the stack gives to each. */
export function rolesOf(stack: Stack): readonly Role[] {
  return [...stack.derive(rolesByKey).values()];
}

/** The role that a reference leads to; `undefined` for one of which the stack shows nothing. */
export function roleOf(stack: Stack, target: Target): Role | undefined {
  if (target.is === "unknown") return undefined;
  return stack.derive(rolesByKey).get(target.is === "resource" ? target.resource.urn : target.id);
}

/**
 * The role in the instance profile of a fleet; `undefined` without a profile or a role, and for one that is not in the
 * stack.
 */
export function roleOfFleet(stack: Stack, { instanceProfile }: Fleet): Role | undefined {
  const target = instanceProfile?.is === "resource" ? roleInProfile(stack, instanceProfile.resource) : undefined;
  return target && roleOf(stack, target);
}

/** The role that an instance profile names; `undefined` where it names none. */
export function roleInProfile(stack: Stack, profile: StackResource): Target | undefined {
  if (isOf("role", profile)) return { is: "resource", resource: profile }; // AWS creates the profile: see fleet.ts
  return (
    stack.followProperty(profile, "role", "role") ??
    stack.followAll(read(profile.props, "roles"), profile, "roles", "role")[0]
  );
}

interface Gathered {
  readonly managed: AttachedManagedPolicy[];
  readonly inline: InlinePolicy[];
  hasSecret: boolean;
  inProfile: Truth;
}

/** By URN, or by name where the role is not in the stack. */
function rolesByKey(stack: Stack): ReadonlyMap<string, Role> {
  const gathered = new Map<string, Gathered>();
  const at = (key: string): Gathered => {
    let one = gathered.get(key);
    if (!one) gathered.set(key, (one = { managed: [], inline: [], hasSecret: false, inProfile: false }));
    return one;
  };
  for (const kind of ["rolePolicyAttachment", "policyAttachment", "rolePolicyAttachmentsExclusive"] as const) {
    for (const resource of stack.of(kind)) {
      const policies = followed(stack, managedPoliciesAttachedBy(resource));
      for (const { key } of rolesNamedBy(stack, resource)) at(key).managed.push(...policies);
    }
  }
  for (const resource of stack.of("policy").filter(isNative)) {
    const policy = { resource, property: "roles", arn: readText(resource.props, "policyArn") };
    const customerManaged = { is: "resource", resource } as const;
    for (const { key } of rolesNamedBy(stack, resource)) at(key).managed.push({ ...policy, customerManaged });
  }
  for (const resource of stack.of("rolePolicy")) {
    const reading = read(resource.props, isNative(resource) ? "policyDocument" : "policy");
    const document = documentIn(reading);
    for (const { key } of rolesNamedBy(stack, resource)) {
      at(key).inline.push({ resource, name: readText(resource.props, "name"), document });
      at(key).hasSecret ||= isSecret(plain(reading));
    }
  }
  for (const resource of stack.of("instanceProfile")) {
    for (const { key, certain } of rolesNamedBy(stack, resource)) {
      const role = at(key);
      role.inProfile = any([role.inProfile, certain || "unknown"]);
    }
  }
  const ofAnyRole = policiesOfAnyRole(stack).map(() => undefined); // each may be a policy of each role
  const roles = new Map(
    stack.of("role").map((resource) => [resource.urn, roleFrom(stack, resource, at(resource.urn), ofAnyRole)]),
  );
  for (const [name, { managed, inline, hasSecret, inProfile }] of gathered) {
    if (roles.has(name)) continue;
    roles.set(name, {
      resource: undefined,
      name,
      trustsEc2: "unknown",
      isForInstances: any([inProfile, "unknown"]),
      managedPolicies: withDetached(stack, name, managed),
      inlinePolicies: withoutDeleted(stack, name, inline),
      hasSecretPolicy: hasSecret,
      boundary: undefined,
    });
  }
  return roles;
}

function roleFrom(stack: Stack, resource: StackResource, gathered: Gathered, ofAnyRole: readonly undefined[]): Role {
  const { managed, inline, hasSecret, inProfile } = gathered;
  const trust = trustsService(resource, ec2);
  const native = isNative(resource);
  const own = elementsOf(given(resource, native ? "policies" : "inlinePolicies")).map((policy): InlinePolicy => {
    const document = documentIn(read(known(policy), native ? "policyDocument" : "policy"));
    const name = readText(known(policy), native ? "policyName" : "name");
    return { resource, name: policy.is === "known" ? name : { is: "unknown" }, document };
  });
  return {
    resource,
    name: known(readText(resource.props, native ? "roleName" : "name")),
    trustsEc2: trust,
    isForInstances: any([trust, inProfile]),
    managedPolicies: withDetached(stack, resource.urn, [
      ...followed(stack, managedPoliciesAttachedBy(resource)),
      ...managed,
    ]),
    inlinePolicies: [...withoutDeleted(stack, resource.urn, [...own, ...inline]), ...ofAnyRole],
    hasSecretPolicy: hasSecret || isSecret(plain(given(resource, native ? "policies" : "inlinePolicies"))),
    boundary: boundaryOf(stack, resource),
  };
}

function boundaryOf(stack: Stack, resource: StackResource): AttachedManagedPolicy | undefined {
  const property = "permissionsBoundary";
  const arn = asText(given(resource, property));
  if (arn.is === "absent") return undefined;
  return followed(stack, [{ resource, property, arn }])[0];
}

/** With the policies that are in the stack. */
function followed(stack: Stack, policies: readonly AttachedManagedPolicy[]): AttachedManagedPolicy[] {
  return policies.map((policy) => ({
    ...policy,
    customerManaged: stack.follow(policy.arn, policy.resource, policy.property.replace(/\[.*/, ""), "policy"),
  }));
}

/** A document as JSON text or object; `undefined` where it is not known or is not a policy document. */
export function documentIn(reading: Reading, kind: DocumentKind = "identity"): PolicyDocument | undefined {
  const source = plain(reading);
  return source.is === "known" ? parsePolicy(source.value, kind).document : undefined;
}

/** The inline policies of one role as text, as far as they are known: in the role, and in resources of their own. */
export interface InlinePolicyTexts {
  readonly own: readonly string[];
  readonly attached: readonly { readonly resource: StackResource; readonly text: string }[];
}

/** The inline policies of each role that has some in resources of their own. */
export function inlinePolicyTexts(stack: Stack): InlinePolicyTexts[] {
  const textIn = (reading: Reading): string[] => {
    const source = known(plain(reading));
    return source === undefined ? [] : [typeof source === "string" ? source : JSON.stringify(source)];
  };
  const byRole = new Map<string, { resource: StackResource; text: string }[]>();
  for (const resource of stack.of("rolePolicy")) {
    const texts = textIn(read(resource.props, isNative(resource) ? "policyDocument" : "policy"));
    for (const { key, certain } of rolesNamedBy(stack, resource)) {
      if (certain) byRole.set(key, [...(byRole.get(key) ?? []), ...texts.map((text) => ({ resource, text }))]);
    }
  }
  const roles = new Map(stack.of("role").map((role) => [role.urn, role]));
  return [...byRole].map(([key, attached]) => {
    const role = roles.get(key);
    const policies = role ? elementsOf(given(role, isNative(role) ? "policies" : "inlinePolicies")) : [];
    const property = role && isNative(role) ? "policyDocument" : "policy";
    return { own: policies.flatMap((policy) => textIn(read(known(policy), property))), attached };
  });
}

/** The document of a managed policy in the stack; `undefined` for one that is not known yet. */
export const documentOf = oncePer((policy: StackResource): PolicyDocument | undefined =>
  documentIn(read(policy.props, isNative(policy) ? "policyDocument" : "policy")),
);
