import { type Json, recordIn } from "../json-parts";
import { textIn } from "./resource";

/**
 * A function that tells the region of a provider configuration of a plan: a constant, or a variable of the root module.
 * Another expression is not known.
 */
export function regionOfProviders(plan: Json): (provider: string) => string | undefined {
  const configs = recordIn(recordIn(plan, "configuration"), "provider_config");
  const variables = recordIn(plan, "variables");
  return (provider) => {
    const region = recordIn(recordIn(recordIn(configs, provider), "expressions"), "region");
    const constant = textIn(region, "constant_value");
    if (constant !== "") return constant;
    const references: readonly unknown[] = Array.isArray(region["references"]) ? region["references"] : [];
    const [only, ...rest] = references;
    if (typeof only !== "string" || rest.length > 0 || !only.startsWith("var.")) return undefined;
    return textIn(recordIn(variables, only.slice("var.".length)), "value") || undefined;
  };
}
