import { randomUUID } from "node:crypto";
import type { Policies } from "@pulumi/policy";
import * as server from "@pulumi/policy/server";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Rule } from "../../../policypack/rules/rule";
import { intercepted } from "../../../policypack/service";

/** The value that the engine sends if one is not known yet. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A resource in a test or on a documentation page. */
export interface ExampleResource {
  readonly type: string;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
  /** Outputs that AWS computes: the stack face sees them, the resource face does not. */
  readonly computed?: Readonly<Record<string, unknown>>;
  /** The names of the resources that the value of a property comes from. */
  readonly from?: Readonly<Record<string, readonly string[]>>;
  /** Read with `.get()`. */
  readonly isRead?: true;
}

export interface Finding {
  /** Logical name of the resource. */
  readonly resource: string;
  readonly level: "advisory" | "mandatory";
  /** Without the rule's description, with which the SDK begins it. */
  readonly message: string;
}

/** What the SDK's server does with policies; not one of its public types. */
const { makeAnalyzeRpcFun, makeAnalyzeStackRpcFun, makeRemediateRpcFun } = server as unknown as Record<
  "makeAnalyzeRpcFun" | "makeAnalyzeStackRpcFun" | "makeRemediateRpcFun",
  (pack: string, version: string, level: string, policies: Policies) => Rpc
>;

const region = "eu-west-1";
const urnOf = ({ type, name }: ExampleResource) => `urn:pulumi:test::test::${type}::${name}`;

/**
 * Evaluates a stack as the engine does: the resource faces with each resource's inputs, then the stack faces. These are
 * the SDK's own functions with its own messages, so that unknown values, missing fields and exceptions behave as they do
 * in a preview, including what the pack adds to them.
 *
 * @param rule whose findings are returned
 * @param pack the rules that run, in order
 * @param context files with states of other stacks
 * @throws Error with what the pack reports to the engine that configures it
 */
export async function findingsOf(
  rule: Rule,
  resources: readonly ExampleResource[],
  pack: readonly Rule[] = [rule],
  context: readonly string[] = [],
): Promise<Finding[]> {
  const args = ["patchpath", "0.0.0", "advisory", pack as Policies] as const;
  const { configure, analyze, analyzeStack } = intercepted({
    configure: (_, callback) => {
      callback(undefined, undefined);
    },
    analyze: makeAnalyzeRpcFun(...args) as never,
    remediate: makeRemediateRpcFun(...args) as never,
    analyzeStack: makeAnalyzeStackRpcFun(...args) as never,
  });
  await call(configure, configWith(rule, context));
  const findings: Finding[] = [];
  for (const resource of resources) {
    const request = new analyzer.AnalyzeRequest();
    fill(request, resource);
    findings.push(...read(await call(analyze, request), rule, resource.name));
  }
  const request = new analyzer.AnalyzeStackRequest();
  request.setResourcesList(resources.map((resource) => fillForStack(resource, resources)));
  return [...findings, ...read(await call(analyzeStack, request), rule, "")];
}

function configWith({ name }: Rule, context: readonly string[]): analyzer.ConfigureAnalyzerRequest {
  const request = new analyzer.ConfigureAnalyzerRequest();
  if (context.length === 0) return request;
  const config = new analyzer.PolicyConfig();
  config.setProperties(Struct.fromJavaScript({ context: [...context] }));
  request.getPolicyconfigMap().set(name, config);
  return request;
}

/** A rule with a config applied, which is internal to the SDK. */
export function withConfig(rule: Rule, config: object): Rule {
  const configured = <Args extends object>(args: Args): Args => ({ ...args, getConfig: () => config });
  const { validateResource, validateStack, remediateResource } = rule;
  const faces = [validateResource].flat();
  return {
    ...rule,
    ...(validateResource && {
      validateResource: faces.map((face) => (args, report) => face?.call(rule as never, configured(args), report)),
    }),
    ...(validateStack && {
      validateStack: (args, report) => validateStack.call(rule as never, configured(args), report),
    }),
    ...(remediateResource && {
      remediateResource: (args) => remediateResource.call(rule as never, configured(args)),
    }),
  };
}

/** The resource after the level `remediate`; `undefined` if it does not change it. */
export async function remedied(
  rule: Rule,
  resource: ExampleResource,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const request = new analyzer.AnalyzeRequest();
  fill(request, resource);
  const policies = [{ ...rule, enforcementLevel: "remediate" }] as Policies;
  const response = await call(makeRemediateRpcFun("patchpath", "0.0.0", "advisory", policies), request);
  const [remediation] = (response as unknown as analyzer.RemediateResponse).getRemediationsList();
  return remediation?.getProperties()?.toJavaScript();
}

function fill(request: analyzer.AnalyzeRequest | analyzer.AnalyzerResource, resource: ExampleResource): void {
  request.setType(resource.type);
  request.setName(resource.name);
  request.setUrn(urnOf(resource));
  const props =
    request instanceof analyzer.AnalyzerResource ? { ...resource.computed, ...resource.props } : resource.props;
  request.setProperties(Struct.fromJavaScript(props as Record<string, JavaScriptValue>));
  request.setOptions(new analyzer.AnalyzerResourceOptions());
  const provider = new analyzer.AnalyzerProviderResource();
  provider.setType("pulumi:providers:aws");
  provider.setProperties(Struct.fromJavaScript({ region }));
  request.setProvider(provider);
}

function fillForStack(resource: ExampleResource, all: readonly ExampleResource[]): analyzer.AnalyzerResource {
  const filled = new analyzer.AnalyzerResource();
  fill(filled, resource);
  for (const [property, names] of Object.entries(resource.from ?? {})) {
    const dependencies = new analyzer.AnalyzerPropertyDependencies();
    dependencies.setUrnsList(all.filter(({ name }) => names.includes(name)).map(urnOf));
    filled.getPropertydependenciesMap().set(property, dependencies);
  }
  return filled;
}

type Rpc = (call: never, callback: never) => void;

function call(rpc: Rpc, request: object): Promise<analyzer.AnalyzeResponse> {
  return new Promise((resolve, reject) => {
    const callback = (error: Error | undefined, response: analyzer.AnalyzeResponse) => {
      if (error) reject(error);
      else resolve(response);
    };
    rpc({ request, id: randomUUID() } as never, callback as never);
  });
}

function read(response: analyzer.AnalyzeResponse, rule: Rule, resource: string): Finding[] {
  const own = response.getDiagnosticsList().filter((diagnostic) => diagnostic.getPolicyname() === rule.name);
  return own.map((diagnostic) => ({
    resource: resource || (diagnostic.getUrn().split("::").at(-1) ?? ""),
    level: diagnostic.getEnforcementlevel() === analyzer.EnforcementLevel.MANDATORY ? "mandatory" : "advisory",
    message: diagnostic.getMessage().replace(`${rule.description}\n`, ""),
  }));
}
