import type { PolicyConfigSchema, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { withoutControls } from "../iam/problems";
import type { StackResource } from "../stack/resource";
import { type Stack, hasSurroundings, stackOf } from "../stack/stack";
import { type Exemptions, exemptSchema, isExempt, withoutExempted } from "./exemptions";
import type { Finding } from "./finding";
import { isJudgedByInputs } from "./judged-by-inputs";

/**
 * A rule as its own file writes it. Its resource face judges the inputs of one resource before it is created, at `up` too;
 * its stack face judges what only the whole stack shows. One rule may have both, and then neither repeats the other's
 * findings.
 */
export interface RuleDefinition<Config extends object = object> {
  /** Its public id: also the name of its file, its examples and its page. */
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly enforcementLevel: "mandatory" | "advisory";
  readonly severity: "low" | "medium" | "high" | "critical";
  readonly tags: readonly string[];
  readonly remediationSteps: string;
  /** JSON schema of its options, in addition to `enforcementLevel` and `exempt`, which every rule has. */
  readonly options?: NonNullable<ResourceValidationPolicy["configSchema"]>["properties"];
  /** Keeps what the model or other rules need of its config, before the stack is modelled. */
  readonly configure?: (config: Config) => void;
  /** For the kinds in judged-by-inputs.ts. */
  readonly ofResource?: (resource: StackResource, config: Config) => readonly Finding[];
  readonly ofStack?: (stack: Stack, config: Config) => readonly Finding[];
  /** For the level `remediate`: fixes the properties of a resource in place, and returns whether it did. */
  readonly remediate?: (resource: StackResource, config: Config) => boolean;
}

/** A rule as CrossGuard takes it. */
export type Rule = Required<
  Pick<
    ResourceValidationPolicy,
    | "name"
    | "displayName"
    | "description"
    | "enforcementLevel"
    | "severity"
    | "tags"
    | "remediationSteps"
    | "url"
    | "configSchema"
  >
> &
  Pick<ResourceValidationPolicy, "validateResource" | "remediateResource"> &
  Partial<Pick<StackValidationPolicy, "validateStack">>;

/** The part of a rule's config that names the states of other stacks; it is read once for all rules (service.ts). */
interface Context {
  readonly context?: readonly string[];
}

const contextSchema: PolicyConfigSchema["properties"][string] = {
  type: "array",
  description:
    "States of other stacks to take into account, for all rules: absolute paths, or paths relative to `PATCHPATH_CONTEXT_ROOT`. The variable `PATCHPATH_CONTEXT` has the same effect.",
  items: { type: "string" },
  default: [],
};

const contextIsNotRead =
  "the context in the pack's config was not read, since another copy of @grpc/grpc-js serves this pack; install patchpath in a folder of its own";

/** The CrossGuard face of a rule, with what all rules have in common: exemptions, and a page. */
export function rule<Config extends object>(definition: RuleDefinition<Config>): Rule {
  const { configure, ofResource, ofStack, remediate, options, ...metadata } = definition;
  type Configured = Config & Exemptions & Context;
  return {
    ...metadata,
    tags: [...metadata.tags],
    url: `https://github.com/patchpath/patchpath/blob/main/docs/rules/${definition.name}.md`,
    configSchema: { properties: { ...options, exempt: exemptSchema, context: contextSchema } },
    ...(ofResource && {
      validateResource: (args, report) => {
        const config = args.getConfig<Configured>();
        const findings = isJudgedByInputs(args) ? ofResource(args, config) : [];
        for (const { message } of withoutExempted(findings, [args], config)) report(withoutControls(message));
      },
    }),
    ...(ofStack && {
      validateStack: (args, report) => {
        const config = args.getConfig<Configured>();
        configure?.(config);
        const stack = stackOf(args.resources);
        if ((config.context ?? []).length > 0 && !hasSurroundings()) throw new Error(contextIsNotRead);
        const own = stack.resources.filter(({ isContext }) => !isContext);
        const seen = ofResource ? [] : own; // otherwise the resource face has looked at them
        const findings = ofStack(stack, config).filter(({ resource }) => !resource.isContext);
        for (const { resource, message } of withoutExempted(findings, seen, config)) {
          report(withoutControls(message), resource.urn);
        }
      },
    }),
    ...(remediate && {
      remediateResource: (args) => {
        const config = args.getConfig<Configured>();
        return isJudgedByInputs(args) && !isExempt(args, config) && remediate(args, config) ? args.props : undefined;
      },
    }),
  };
}
