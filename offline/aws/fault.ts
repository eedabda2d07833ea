/** A fault to inject: the operation, the resource and the error of AWS. */
interface Fault {
  readonly operation: string;
  readonly urn: RegExp;
  readonly error: string;
}

/**
 * `PATCHPATH_FAULT="create *::dev-s3 InternalError: try again"`: the operation (create, read, update, delete), a pattern
 * with `*` for the URN of the resource, and the error of AWS. Without the variable, no fault is injected.
 */
export function injectedFault(operation: string, urn: string): string | undefined {
  const fault = parse(process.env["PATCHPATH_FAULT"] ?? "");
  return fault?.operation === operation && fault.urn.test(urn) ? fault.error : undefined;
}

function parse(text: string): Fault | undefined {
  if (text === "") return undefined;
  const [, operation, urn, error] = /^(create|read|update|delete) (\S+) (.+)$/.exec(text) ?? [];
  if (operation === undefined || urn === undefined || error === undefined) {
    throw new Error(
      `PATCHPATH_FAULT is "${text}"; expected "OPERATION URN-PATTERN ERROR", such as "create *::dev-s3 InternalError: try again"`,
    );
  }
  const literal = urn.split("*").map((part) => part.replace(/[.+^${}()|[\]\\?]/g, "\\$&"));
  return { operation, urn: new RegExp(`^${literal.join(".*")}$`), error };
}
