import type { FleetOfReport } from "./table";

const core = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";

interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

interface State {
  readonly deployment: { readonly resources: readonly StateResource[] };
}

/**
 * A state as it is after the fixes of the hop `identity`: AmazonSSMManagedInstanceCore attached to the role that the report
 * names, and a profile with such a role on an instance that has none. Other fixes are not tried.
 */
export function withSsmPermissions(state: State, fleets: readonly FleetOfReport[]): State {
  const asked = fleets.flatMap(({ urn, hops }) =>
    hops.flatMap((hop) => (hop.hop === "identity" && hop.fix?.includes(core) ? [{ ...hop, fleet: urn }] : [])),
  );
  const bare = new Set(asked.flatMap(({ fix, fleet }) => (fix?.startsWith("Set an instance profile") ? [fleet] : [])));
  const roles = new Set(
    asked.flatMap(({ fix, resource }) => (fix?.startsWith("Attach ") && resource ? [resource] : [])),
  );
  const existing = state.deployment.resources;
  const attachments = existing.flatMap((role) => (roles.has(role.urn) ? [attachmentTo(role)] : []));
  const stack = /^urn:pulumi:[^:]+::[^:]+::/.exec(existing[0]?.urn ?? "")?.[0] ?? "";
  const resources = existing.map((resource) => (bare.has(resource.urn) ? withProfile(resource) : resource));
  const added = [...attachments, ...(bare.size > 0 ? profile(stack) : [])];
  return { ...state, deployment: { ...state.deployment, resources: [...resources, ...added] } };
}

function resourceOf(urn: string, type: string, id: string, properties: Readonly<Record<string, unknown>>) {
  return { urn, custom: true, id, type, inputs: properties, outputs: { id, ...properties } };
}

function attachmentTo({ urn, id }: StateResource): StateResource {
  const type = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
  const own = urn.replace(/::[^:]*aws:iam\/role:Role::/, `::${type}::core-of-`);
  return resourceOf(own, type, `${id ?? ""}-core`, { role: id, policyArn: core });
}

const remedyName = "patchpath-remedy";

function withProfile(instance: StateResource): StateResource {
  const isTemplate = instance.type.includes("LaunchTemplate");
  const iamInstanceProfile = isTemplate ? { name: remedyName } : remedyName;
  return {
    ...instance,
    inputs: { ...instance.inputs, iamInstanceProfile },
    outputs: { ...instance.outputs, iamInstanceProfile },
  };
}

/** A role with the permissions, and its profile. */
function profile(stack: string): StateResource[] {
  const [roleType, profileType] = ["aws:iam/role:Role", "aws:iam/instanceProfile:InstanceProfile"];
  const statement = { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" };
  const assumeRolePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const role = resourceOf(`${stack}${roleType}::${remedyName}`, roleType, remedyName, {
    name: remedyName,
    assumeRolePolicy,
  });
  const own = resourceOf(`${stack}${profileType}::${remedyName}`, profileType, remedyName, {
    name: remedyName,
    role: remedyName,
  });
  return [role, attachmentTo(role), own];
}
