import { deepStrictEqual, notDeepStrictEqual, ok } from "node:assert/strict";
import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";
import { sections } from "../../config";
import { documentedKeys } from "../../scripts/generate-config-docs";
import { textOf } from "../../scripts/generated-pages";
import { type Answers, setRecordingMocks } from "../components/with-mocks";
import { type Values, changes, small, vpcId } from "./key-changes";
import { configWith } from "./problems";

/** The program of this repository, as the engine runs it. */
const program = createRequire(__filename)("../../index") as () => Promise<object>;

/** The message of the provider, which an invoke has in the details of its error. */
const notFound = Object.assign(new Error(), { details: "no matching VPC endpoint found" });

/** The VPC in the config, which has the subnets. */
let lookedUp = vpcId;

/** A VPC as the provider returns it: with NAT, and without endpoints. */
const lookups: Answers = {
  "aws:ec2/getVpc:getVpc": () => ({
    cidrBlock: "10.0.0.0/16",
    cidrBlockAssociations: [],
    dhcpOptionsId: "default",
    enableDnsSupport: true,
    enableDnsHostnames: true,
  }),
  "aws:ec2/getSubnet:getSubnet": ({ id = "" }) => ({ id, vpcId: lookedUp, availabilityZone: "eu-west-1a" }),
  "aws:ec2/getRouteTable:getRouteTable": ({ subnetId = "", routeTableId = `rtb-of-${subnetId}` }) => ({
    routeTableId,
    vpcId: lookedUp,
    routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" }],
  }),
  "aws:ec2/getVpcEndpoint:getVpcEndpoint": () => {
    throw notFound;
  },
};

/** What the program registers with a config, and its outputs. */
async function deployed(values: Values): Promise<unknown> {
  lookedUp = (values["network"] as { readonly vpcId?: string } | undefined)?.vpcId ?? vpcId;
  const resources = await setRecordingMocks(lookups);
  pulumi.runtime.setAllConfig(configWith(inNamespace(values)));
  const outputs = pulumi.output(await program());
  const plain = await new Promise<unknown>((resolve) => outputs.apply(resolve));
  await pulumi.runtime.disconnect(); // when all is registered
  return [
    ...resources.map(({ type, name, inputs }) => JSON.stringify([type, name, inputs])).sort(),
    JSON.stringify(plain),
  ];
}

function inNamespace(values: Values): Values {
  const own = Object.entries({ ...small, ...values }).map(
    ([section, value]) => [`patchpath:${section}`, value] as const,
  );
  return { "aws:region": "eu-west-1", ...Object.fromEntries(own) };
}

/** Keys that only allow something: a check of the config, without a resource. */
const allowing = ["endpointPolicy.unconfirmedBuckets"];

/** The keys of the stack config, with the keys of objects instead of the objects. */
const keys = Object.entries(sections).flatMap(([name, section]) => {
  const all = documentedKeys(section).map(({ path }) => path);
  const isObject = (path: string) => all.some((other) => other.startsWith(`${path}.`) || other.startsWith(`${path}[]`));
  return all.length === 0
    ? [name]
    : all.filter((path) => !isObject(path) || `${name}.${path}` in changes).map((path) => `${name}.${path}`);
});

const plainName = (key: string) => (key.startsWith("endpointPolicy") ? key : key.replaceAll("[]", ""));

/** The value with another one at a path; for a list, in its first element. */
function changed(value: unknown, [name, ...path]: readonly string[], other: unknown): unknown {
  if (Array.isArray(value)) return [changed(value[0], [name!, ...path], other), ...(value.slice(1) as unknown[])];
  const inner = (value ?? {}) as Values;
  const step = name!.replace("[]", "");
  return { ...inner, [step]: path.length === 0 ? other : changed(inner[step], path, other) };
}

const { stackTraceLimit } = Error;

describe("every key of the stack config", () => {
  // The SDK determines where each resource is created, which takes most of the time with source maps.
  before(() => (Error.stackTraceLimit = 0));
  after(() => (Error.stackTraceLimit = stackTraceLimit));

  it("is in the table of this test, and has a row in docs/config.md", () => {
    deepStrictEqual(
      keys
        .map(plainName)
        .filter((key) => !allowing.includes(key))
        .sort(),
      Object.keys(changes).sort(),
    );
    const page = textOf("docs/config.md") ?? "";
    for (const key of keys) {
      const row = key === "topology" ? "patchpath:topology" : key.slice(key.indexOf(".") + 1);
      ok(page.includes(`| \`${row}\` `), key);
    }
  });

  const unchanged = new Map<Values, Promise<unknown>>();
  for (const [key, [context, value]] of Object.entries(changes)) {
    it(`changes what is deployed: ${key}`, async () => {
      const before = await (unchanged.get(context) ?? unchanged.set(context, deployed(context)).get(context));
      notDeepStrictEqual(await deployed(changed({ ...small, ...context }, key.split("."), value) as Values), before);
    });
  }
});
