import { createRequire } from "node:module";
import type * as grpc from "@grpc/grpc-js";
import type * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { imagesIn, silentProblemsOf } from "./config";
import { isJudgedByInputs } from "./rules/judged-by-inputs";
import { InputError } from "./sources/input-error";
import type { StackFile } from "./sources/source";
import { readContextFiles, surroundingsOf } from "./sources/surroundings";
import { declareImages } from "./stack/declared-images";
import { kindOf } from "./stack/kinds";
import { type SecretProperties, knowingSecrets } from "./stack/secrets";
import { secretSignature, signatureKey } from "./stack/special-values";
import { inOneAnalysis } from "./stack/stack";
import { isUnmodelled } from "./stack/unmodelled";

/**
 * As @pulumi/policy finds them. Where a program has a newer @pulumi/pulumi than the pack, npm installs two copies, and the
 * SDK serializes messages of its own copy only.
 */
const requireAsSdk = createRequire(require.resolve("@pulumi/policy"));
const { Server } = requireAsSdk("@grpc/grpc-js") as typeof grpc;
const { AnalyzeResponse, RemediateResponse } = requireAsSdk("@pulumi/pulumi/proto/analyzer_pb") as typeof analyzer;

/** A handler of the SDK's, as grpc-js calls it. */
type Handler<Request> = (call: { readonly request: Request }, callback: Callback) => void;
type Callback = (error: Error | undefined, response: unknown) => void;

/** The handlers of the SDK for the engine that are used here. */
interface Analyzer {
  readonly configure: Handler<ConfigureRequest>;
  readonly analyze: Handler<analyzer.AnalyzeRequest>;
  readonly remediate: Handler<analyzer.AnalyzeRequest>;
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
 * Puts the handlers below before those of the SDK, which offers no other way. They save time and check the config: without
 * them the findings are the same.
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
  const read = new Set<string>();
  let context: readonly StackFile[] | undefined;
  /** Those of resources that no rule judges by their inputs are reported as well. */
  let hasExemptions = false;
  let isRemediating = false;
  return {
    ...sdk,
    configure: (call, callback) => {
      const config = configIn(call.request);
      warnOfConfigProblems(config);
      const options = Object.values(config);
      hasExemptions = options.some(({ exempt }) => Array.isArray(exempt) && exempt.length > 0);
      isRemediating = options.some(({ enforcementLevel }) => enforcementLevel === "remediate");
      declareImages(imagesIn(config)); // rules before the one that has the option model the stack
      try {
        context = readContextFiles(contextIn(config), process.env);
      } catch (error) {
        callback(refusal(error), undefined);
        return;
      }
      sdk.configure(call, callback);
    },
    analyze: (call, callback) => {
      if (isEmpty(call.request)) read.add(call.request.getUrn());
      if (!isJudged(call.request) && (!hasExemptions || isIrrelevant(call.request))) {
        callback(undefined, new AnalyzeResponse());
      } else {
        knowingSecrets(secretsIn([call.request]), () => {
          sdk.analyze(call, callback);
        });
      }
    },
    remediate: (call, callback) => {
      if (isRemediating && isJudged(call.request)) sdk.remediate(call, callback);
      else callback(undefined, new RemediateResponse());
    },
    analyzeStack: (call, callback) => {
      dropIrrelevant(call.request);
      // The SDK copies this whole list for each rule; the first copy is enough.
      const resources = call.request.getResourcesList();
      inOneAnalysis(
        () => {
          knowingSecrets(secretsIn(resources.filter(isJudged)), () => {
            sdk.analyzeStack(call, callback);
          });
        },
        (urn) => read.has(urn),
        () => (resources.length = 0),
        context && context.length > 0 ? (own) => surroundingsOf(own, context!) : undefined,
      );
    },
  };
}

/** The paths that the config of any rule names as context. */
function contextIn(config: Readonly<Record<string, Readonly<Record<string, unknown>>>>): string[] {
  return Object.values(config).flatMap(({ context }) =>
    Array.isArray(context) ? context.filter((path) => typeof path === "string") : [],
  );
}

/** `INVALID_ARGUMENT` of gRPC, with one sentence: without its context the pack would judge something else. */
function refusal(error: unknown): Error {
  if (!(error instanceof InputError)) throw error;
  return Object.assign(new Error(`patchpath: ${error.message}`), { code: 3 });
}

/** As the protocol has them; their package is no dependency of this one. */
type Struct = NonNullable<ReturnType<analyzer.AnalyzeRequest["getProperties"]>>;
type Value = NonNullable<ReturnType<ReturnType<Struct["getFieldsMap"]>["get"]>>;

/** The properties that the engine marks as secrets. */
function secretsIn(resources: readonly { getUrn(): string; getProperties(): Struct | undefined }[]): SecretProperties {
  return new Map(
    resources.flatMap((resource) => {
      const properties = new Set<string>();
      resource
        .getProperties()
        ?.getFieldsMap()
        .forEach((value, property) => {
          if (holdsSecret(value)) properties.add(property);
        });
      return properties.size > 0 ? [[resource.getUrn(), properties] as const] : [];
    }),
  );
}

function holdsSecret(value: Value): boolean {
  if (value.hasListValue()) return value.getListValue()!.getValuesList().some(holdsSecret);
  if (!value.hasStructValue()) return false;
  const fields = value.getStructValue()!.getFieldsMap();
  if (fields.get(signatureKey)?.getStringValue() === secretSignature) return true;
  let holds = false;
  fields.forEach((inner) => (holds ||= holdsSecret(inner)));
  return holds;
}

/**
 * Whether a resource has no inputs at all, as one has that a program reads by `.get()`. In a preview the engine does not
 * pass such resources; `pulumi policy analyze` does, and does not say so otherwise. Source: test/engine/reading.test.ts,
 * pulumi 3.255.0.
 */
function isEmpty(request: analyzer.AnalyzeRequest): boolean {
  return request.getProperties()?.getFieldsMap().getLength() === 0;
}

/** Whether a rule judges the inputs of a resource; only messages on these show a part of them, which may be a secret. */
function isJudged(resource: { getType(): string }): boolean {
  return isJudgedByInputs({ type: resource.getType() });
}

/**
 * Whether a resource concerns no rule. The SDK copies each resource for each rule before the rule can see its type, and most
 * resources of most stacks are not part of a patch path.
 */
function isIrrelevant(resource: { getType(): string }): boolean {
  return kindOf({ type: resource.getType() }) === undefined;
}

/**
 * Drops the irrelevant resources of a stack. A resource that a relevant value may come from is kept: an unknown value with
 * a resource behind it was set, one without was not.
 */
function dropIrrelevant(request: analyzer.AnalyzeStackRequest): void {
  const resources = request.getResourcesList();
  const looked = resources.filter((resource) => !isIrrelevant(resource) || isUnmodelled({ type: resource.getType() }));
  const origins = looked.flatMap((resource) =>
    [...resource.getPropertydependenciesMap().entries()].flatMap(([, dependencies]) => dependencies.getUrnsList()),
  );
  const kept = new Set([...looked.map((resource) => resource.getUrn()), ...origins]);
  request.setResourcesList(resources.filter((resource) => kept.has(resource.getUrn())));
}

/** `EnforcementLevel.REMEDIATE` of pulumi/proto/analyzer.proto: the only level that a rule may not support. */
const remediateLevel = 3;

function configIn(request: ConfigureRequest): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  return Object.fromEntries(
    [...request.getPolicyconfigMap().entries()].map(([name, value]) => [
      name,
      {
        ...value.getProperties()?.toJavaScript(),
        ...(value.getEnforcementlevel() === remediateLevel && { enforcementLevel: "remediate" }),
      },
    ]),
  );
}

/**
 * The SDK shows each rule only its own config, so no rule sees a misspelled name: problems are printed to standard error,
 * which the engine shows among its diagnostics.
 */
function warnOfConfigProblems(config: Readonly<Record<string, unknown>>): void {
  for (const problem of silentProblemsOf(config)) process.stderr.write(`patchpath: warning: config: ${problem}\n`);
}
