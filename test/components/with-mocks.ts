import * as pulumi from "@pulumi/pulumi";
import * as debuggable from "@pulumi/pulumi/runtime/debuggable";
import type { StackResource } from "../../policypack/stack/resource";
import { leaveOut } from "../promise-stacks";

leaveOut(debuggable, pulumi);

/** A resource as it was registered, with plain inputs. */
export interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The inputs, with the ID and other values that the mocks generate. */
  readonly state: Readonly<Record<string, unknown>>;
  /** Logical name of the parent; `undefined` at the top. */
  readonly parent: string | undefined;
  /** Whether it is protected from deletion. */
  readonly isProtected: boolean;
  /** Its previous names by its aliases, as `TYPE NAME`. */
  readonly formerly: readonly string[];
}

/** Answers of the invokes that the components use; any other invoke is an error. */
const invokes: Readonly<Record<string, (args: Readonly<Record<string, string>>) => Readonly<Record<string, unknown>>>> =
  {
    "aws:index/getAvailabilityZones:getAvailabilityZones": () => ({
      names: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
    }),
    "aws:ec2/getVpcEndpointService:getVpcEndpointService": () => ({
      availabilityZones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
    }),
    "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings": () => ({
      locations: ["eu-west-1c", "eu-west-1b", "eu-west-1a"],
    }),
    "aws:ec2/getAmi:getAmi": () => ({ imageId: "ami-0a1b2c3d4e5f67890", rootDeviceName: "/dev/sda1" }),
    "aws:ssm/getPatchBaselines:getPatchBaselines": () => ({
      baselineIdentities: [
        {
          operatingSystem: "WINDOWS",
          baselineId: "pb-0",
          baselineName: "AWS-DefaultPatchBaseline",
          baselineDescription: "Default",
          defaultBaseline: true,
        },
      ],
    }),
    "aws:organizations/getOrganization:getOrganization": () => ({ id: "o-a1b2c3d4e5" }),
    "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId: "123456789012" }),
  };

/** Answers of invokes, by their token. */
export type Answers = typeof invokes;

/**
 * Sets mocks that record every resource and reject every invoke that is not answered above.
 *
 * @param answers of more invokes
 * @returns what is registered from now on, in that order; `pulumi.runtime.disconnect` waits for all of it
 */
export async function setRecordingMocks(answers: Answers = {}): Promise<readonly Recorded[]> {
  const resources: Recorded[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        const computed = {
          arn: `arn:aws:mock:::${name}`,
          ...(type === "aws:ec2/vpcEndpoint:VpcEndpoint" && {
            prefixListId: `pl-of-${name}`,
            dnsEntries: [{ dnsName: `${name}-id-abc.vpce.amazonaws.com`, hostedZoneId: "Z7K1066E3PUKB" }],
          }),
          ...(type === "aws:ec2/vpc:Vpc" && { ipv6CidrBlock: "2001:db8:1234:1a00::/56" }),
          ...(type === "aws:route53/zone:Zone" && { zoneId: `${name}-id` }),
          ...(type === "aws:ec2/launchTemplate:LaunchTemplate" && { latestVersion: 1 }),
          ...(type === "aws:ec2/instance:Instance" && {
            privateDns: `${name}.eu-west-1.compute.internal`,
            privateIp: "10.20.160.5",
          }),
          ...(type === "aws:s3/bucket:Bucket" && { bucket: name }),
        };
        const state = { name, ...(inputs as Recorded["inputs"]), ...computed, id: `${name}-id` };
        resources.push({
          type,
          name,
          inputs: inputs as Recorded["inputs"],
          state,
          parent: undefined,
          isProtected: false,
          formerly: [],
        });
        return { id: state.id, state };
      },
      call: ({ token, inputs }) => {
        const answer = answers[token] ?? invokes[token];
        if (!answer) throw new Error(`the mocks have no answer for ${token}`);
        return answer(inputs as Record<string, string>);
      },
    },
    "project",
    "stack",
    false,
  );
  return resources;
}

/**
 * Runs a program with mocks, and returns when all resources are registered. It does not show whether AWS would accept
 * the inputs (the engine tests and the stand-in do), or what changes from one run to the next.
 */
export async function recorded(
  program: (opts: pulumi.ComponentResourceOptions) => pulumi.Resource,
  answers: Answers = {},
): Promise<Recorded[]> {
  const resources = await setRecordingMocks(answers);
  const places = new Map<string, Pick<Recorded, "parent" | "isProtected" | "formerly">>();
  const made: pulumi.Resource[] = [];
  // Mocks do not get parents; a transformation of the root does, for each resource below it.
  const notePlace: pulumi.ResourceTransformation = ({ resource, type, name, opts }) => {
    const formerly = formerNames(type, name, (opts as pulumi.ComponentResourceOptions).aliases);
    places.set(`${type} ${name}`, { parent: nameOf(opts.parent), isProtected: opts.protect === true, formerly });
    made.push(resource);
    return undefined;
  };
  const root = program({ transformations: [notePlace] });
  await settled(root.urn);
  for (const resource of made) await settled(resource.urn);
  return resources
    .map((resource) => ({ ...resource, ...places.get(`${resource.type} ${resource.name}`) }))
    .sort((a, b) => (`${a.type} ${a.name}` < `${b.type} ${b.name}` ? -1 : 1));
}

/** What was created, as in a state. */
export function asState(resources: readonly Recorded[], region: string): StackResource[] {
  return resources
    .filter(({ type }) => type.startsWith("aws:"))
    .map(({ type, name, state }) => ({
      type,
      name,
      urn: `urn:pulumi:prod::patchpath::${type}::${name}`,
      props: state,
      provider: { props: { region } },
    }));
}

function nameOf(parent: pulumi.Resource | undefined): string | undefined {
  return (parent as { __name?: string } | undefined)?.__name;
}

/** Aliases in the forms of our components: another name, another type, or both. */
function formerNames(type: string, name: string, aliases: pulumi.ResourceOptions["aliases"]): string[] {
  const given = (Array.isArray(aliases) ? aliases : []) as readonly Partial<Record<"name" | "type", string>>[];
  return given.map((alias) => `${alias.type ?? type} ${alias.name ?? name}`);
}

function settled<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}
