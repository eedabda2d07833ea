/** Values with a meaning of their own, which stand in plans, states and the calls of the engine. */

/** Stands for a text that is not known yet. Source: @pulumi/policy, proxy.ts. */
export const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The same for values of every type. */
export const unknownValues: ReadonlySet<string> = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  unknownText,
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/**
 * Stands for a secret in what Patchpath reads from states and plans: unknown as the others are, and surely given. An
 * unknown that nothing is behind may also be what AWS computes where a property is not given.
 */
export const secretText = "7a0f6f0e-8f0c-4b8f-9d53-6f4f0b1f9f2c";

/** The key by which Pulumi marks special values, and its value for secrets. Source: pulumi/sdk/nodejs/runtime/rpc.ts. */
export const signatureKey = "4dabf18193072939515e22adb298388d";
export const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** Whether a value is a secret, in plain text or encrypted; also where `pulumi` masks it. */
export function isSecretValue(value: unknown): boolean {
  if (value === "[secret]") return true;
  return typeof value === "object" && value !== null && Reflect.get(value, signatureKey) === secretSignature;
}
