import { type FleetOfReport, type Step, fleetsIn } from "./table";

const core = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";

export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

export interface State {
  readonly deployment: { readonly resources: readonly StateResource[] };
}

/** What the images of some fleets of a program are, and what in its public source says so. */
export interface ImagesOfProgram {
  /** The names of the fleets; all of the program where there are none. */
  readonly fleets?: readonly string[];
  /** As `explain --image` takes it; absent where it is no system that Patch Manager patches. */
  readonly system?: string;
  /** File and line, with the filter of the lookup, its parameter or the type of AMI. */
  readonly from: string;
}

/**
 * The images that a report asks for, as `explain --image` takes them.
 *
 * @throws Error where two fleets with one image are said to have different systems
 */
export function declarationsFor(fleets: readonly FleetOfReport[], images: readonly ImagesOfProgram[]): string[] {
  const found = new Map<string, string>();
  for (const { name, hops } of fleets) {
    const system = images.find(({ fleets: names = [name] }) => names.includes(name))?.system;
    if (system === undefined) continue;
    for (const { fix = "" } of hops) {
      for (const [, id = ""] of fix.matchAll(/--image (ami-[0-9a-f]+)=SYSTEM/g)) {
        const other: string = found.get(id) ?? system;
        if (other !== system) throw new Error(`${id} is ${other} and, of ${name}, ${system}`);
        found.set(id, system);
      }
    }
  }
  return [...found].map(([id, system]) => `${id}=${system}`);
}

/** Whether a report asks for what is in the states of other stacks. */
export function asksForOtherStacks(fleets: readonly FleetOfReport[]): boolean {
  return fleets.some(({ hops }) => hops.some(({ verdict, because }) => verdict === "unknown" && isOfOthers(because)));
}

const isOfOthers = (because: string) => because.includes("which is not in this stack");

/**
 * A state as it is after the fixes of the hop `identity`: AmazonSSMManagedInstanceCore attached to the role that the report
 * names, and a profile with such a role on an instance that has none.
 */
export function withSsmPermissions(state: State, fleets: readonly FleetOfReport[]): State {
  const asked = fleets.flatMap(({ urn, hops }) =>
    hops.flatMap((hop) => (hop.hop === "identity" && hop.fix?.includes(core) ? [{ ...hop, fleet: urn }] : [])),
  );
  const existing = state.deployment.resources;
  const isHere = (urn: string) => existing.some((resource) => resource.urn === urn);
  const bare = new Set(
    asked.flatMap(({ fix, fleet }) => (fix?.startsWith("Set an instance profile") && isHere(fleet) ? [fleet] : [])),
  );
  const roles = new Set(
    asked.flatMap(({ fix, resource }) => (fix?.startsWith("Attach ") && resource ? [resource] : [])),
  );
  const attachments = existing.flatMap((role) => (roles.has(role.urn) ? [attachmentTo(role)] : []));
  const stack = /^urn:pulumi:[^:]+::[^:]+::/.exec(existing[0]?.urn ?? "")?.[0] ?? "";
  const resources = existing.map((resource) => (bare.has(resource.urn) ? withProfile(resource) : resource));
  const added = [...attachments, ...(bare.size > 0 ? profile(stack) : [])];
  return { ...state, deployment: { ...state.deployment, resources: [...resources, ...added] } };
}

/** What `explain` says of states with declared images. */
type Explain = (states: readonly State[], images: readonly string[]) => Promise<Step>;

/** As many fixes as one fix can uncover: the stack of a role, its policy, and one more. */
const mostRounds = 4;

/**
 * The report after everything that the report of a state asks for and that is in the hands of a user: the images, the states of
 * other stacks, and permissions of SSM; again until it asks for nothing new.
 */
export async function afterRemedies(
  reported: Step,
  state: State,
  others: () => Promise<readonly State[]>,
  images: readonly ImagesOfProgram[],
  explain: Explain,
): Promise<Step> {
  let [report, states, declared]: [Step, readonly State[], readonly string[]] = [reported, [state], []];
  for (let round = 0; round < mostRounds; round++) {
    const fleets = fleetsIn(report) ?? [];
    const asked = declarationsFor(fleets, images).filter((one) => !declared.includes(one));
    const joined = states.length === 1 && asksForOtherStacks(fleets) ? [...states, ...(await others())] : states;
    const permitted = joined.map((one) => withSsmPermissions(one, fleets));
    if (asked.length === 0 && sizeOf(permitted) === sizeOf(states)) return report;
    [states, declared] = [permitted, [...declared, ...asked]];
    report = await explain(states, declared);
  }
  return report;
}

/** Every remedy adds resources. */
function sizeOf(states: readonly State[]): number {
  return states.reduce((sum, { deployment }) => sum + deployment.resources.length, 0);
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
