import { createRequire } from "node:module";
import type * as Yaml from "yaml";

const load = createRequire(__filename);

/** The parser of YAML, loaded on first use: most stacks contain none, and every preview would pay for it. */
export function yaml(): typeof Yaml {
  return load("yaml") as typeof Yaml;
}
