import { createRequire } from "node:module";
import type * as grpc from "@grpc/grpc-js";
import type * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { silentProblemsOf } from "./config";
import { kindOf } from "./stack/kinds";
import { inOneAnalysis } from "./stack/stack";

/**
 * As @pulumi/policy finds them. Where a program has a newer @pulumi/pulumi than the pack, npm installs two copies, and the
 * SDK serializes messages of its own copy only.
 */
const requireAsSdk = createRequire(require.resolve("@pulumi/policy"));
const { Server } = requireAsSdk("@grpc/grpc-js") as typeof grpc;
const { AnalyzeResponse } = requireAsSdk("@pulumi/pulumi/proto/analyzer_pb") as typeof analyzer;

/** A handler of the SDK's, as grpc-js calls it. */
type Handler<Request> = (call: { readonly request: Request }, callback: Callback) => void;
type Callback = (error: Error | undefined, response: unknown) => void;

/** What the SDK serves to the engine, as far as it is of interest here. */
interface Analyzer {
  readonly configure: Handler<ConfigureRequest>;
  readonly analyze: Handler<analyzer.AnalyzeRequest>;
  readonly analyzeStack: Handler<analyzer.AnalyzeStackRequest>;
}

/** The whole config, by rule. */
interface ConfigureRequest {
  getPolicyconfigMap(): {
    entries(): Iterable<
      [string, { getProperties(): { toJavaScript(): object } | undefined; getEnforcementlevel(): number }]
    >;
  };
}

/**
 * Puts the handlers below before those that the SDK is about to serve; there is no other way to them. They save time and
 * check the config: without them the findings are the same.
 *
 * @returns whether the SDK has served through them, to be asked once the pack is served
 */
export function interceptSdk(): () => boolean {
  let isIntercepted = false;
  const addService = Reflect.get(Server.prototype, "addService");
  Server.prototype.addService = function (this: grpc.Server, service, implementation) {
    const isAnalyzer = "analyzeStack" in implementation;
    if (isAnalyzer) isIntercepted = true;
    addService.call(this, service, isAnalyzer ? (intercepted(implementation as never) as never) : implementation);
  };
  return () => isIntercepted;
}

/** The SDK's handlers with the pack's own before them. */
export function intercepted(sdk: Analyzer): Analyzer {
  return {
    ...sdk,
    configure: (call, callback) => {
      warnOfConfigProblems(call.request);
      sdk.configure(call, callback);
    },
    analyze: (call, callback) => {
      if (isIrrelevant(call.request)) callback(undefined, new AnalyzeResponse());
      else sdk.analyze(call, callback);
    },
    analyzeStack: (call, callback) => {
      dropIrrelevant(call.request);
      // The SDK goes through this list, and copies all of it, for each rule anew; the first copy is enough.
      const resources = call.request.getResourcesList();
      inOneAnalysis(
        () => {
          sdk.analyzeStack(call, callback);
        },
        () => (resources.length = 0),
      );
    },
  };
}

/**
 * Whether no rule has anything to say of a resource. The SDK makes a copy of each resource for each rule before the rule
 * can see whose type it is, and most resources of most stacks are not part of a patch path.
 */
function isIrrelevant(resource: { getType(): string }): boolean {
  return kindOf({ type: resource.getType() }) === undefined;
}

/**
 * Drops the irrelevant resources of a stack. Where a value that the rules look at comes from such a resource, it stays:
 * an unknown value with something behind it was given, one with nothing behind it was not.
 */
function dropIrrelevant(request: analyzer.AnalyzeStackRequest): void {
  const resources = request.getResourcesList();
  const looked = resources.filter((resource) => !isIrrelevant(resource));
  const origins = looked.flatMap((resource) =>
    [...resource.getPropertydependenciesMap().entries()].flatMap(([, dependencies]) => dependencies.getUrnsList()),
  );
  const kept = new Set([...looked.map((resource) => resource.getUrn()), ...origins]);
  request.setResourcesList(resources.filter((resource) => kept.has(resource.getUrn())));
}

/** `EnforcementLevel.REMEDIATE` of pulumi/proto/analyzer.proto: the one level that a rule may lack. */
const remediateLevel = 3;

/**
 * The SDK shows each rule its own config only, so a misspelt name is seen by none: say here, on standard error, what the
 * engine then shows among its diagnostics.
 */
function warnOfConfigProblems(request: ConfigureRequest): void {
  const config = Object.fromEntries(
    [...request.getPolicyconfigMap().entries()].map(([name, value]) => [
      name,
      {
        ...value.getProperties()?.toJavaScript(),
        ...(value.getEnforcementlevel() === remediateLevel && { enforcementLevel: "remediate" }),
      },
    ]),
  );
  for (const problem of silentProblemsOf(config)) process.stderr.write(`patchpath: warning: config: ${problem}\n`);
}
