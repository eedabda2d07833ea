import { AsyncLocalStorage } from "node:async_hooks";
import type { StackResource } from "./resource";

/** The top-level properties of a resource that hold a secret, by its URN. */
export type SecretProperties = ReadonlyMap<string, ReadonlySet<string>>;

const secrets = new AsyncLocalStorage<SecretProperties>();

/**
 * Runs an analysis that knows which properties are secrets: the SDK hands their plain text to rules, without a mark. They
 * are judged, and no message shows a part of them.
 */
export function knowingSecrets<T>(properties: SecretProperties, run: () => T): T {
  // The first use of the storage makes every promise of the process slower.
  return properties.size === 0 ? run() : secrets.run(properties, run);
}

/** Whether a property, such as `inlinePolicies[0].policy`, is a secret or holds one. */
export function isSecretAt({ urn }: Pick<StackResource, "urn">, property: string): boolean {
  return (
    secrets
      .getStore()
      ?.get(urn)
      ?.has(property.replace(/[[.].*$/, "")) ?? false
  );
}
