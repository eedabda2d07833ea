import { type Properties, type Value, asText, isObject } from "./values";

/** A single value becomes a string, several become a list, as in the provider. */
function oneOrMany(value: Value | undefined): Value | undefined {
  return Array.isArray(value) && value.length === 1 ? value[0] : value;
}

function principalsOf(value: Value | undefined): Value | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const byType: Record<string, Value[]> = {};
  for (const principal of value) {
    if (!isObject(principal)) continue;
    (byType[asText(principal["type"])] ??= []).push(...(principal["identifiers"] as Value[]));
  }
  if (byType["*"]) return "*";
  return Object.fromEntries(Object.entries(byType).map(([type, names]) => [type, oneOrMany(names) ?? []]));
}

function conditionsOf(value: Value | undefined): Value | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const byTest: Record<string, Record<string, Value>> = {};
  for (const condition of value) {
    if (!isObject(condition)) continue;
    (byTest[asText(condition["test"])] ??= {})[asText(condition["variable"])] = oneOrMany(condition["values"]) ?? [];
  }
  return byTest;
}

function statementOf(statement: Properties): Properties {
  const written: Record<string, Value | undefined> = {
    Sid: statement["sid"],
    Effect: statement["effect"] ?? "Allow",
    Principal: principalsOf(statement["principals"]),
    NotPrincipal: principalsOf(statement["notPrincipals"]),
    Action: oneOrMany(statement["actions"]),
    NotAction: oneOrMany(statement["notActions"]),
    Resource: oneOrMany(statement["resources"]),
    NotResource: oneOrMany(statement["notResources"]),
    Condition: conditionsOf(statement["conditions"]),
  };
  return Object.fromEntries(
    Object.entries(written).filter((entry): entry is [string, Value] => entry[1] !== undefined),
  );
}

/** The JSON that `aws.iam.getPolicyDocument` returns for its arguments. */
export function policyDocumentOf(args: Properties): string {
  const statements = new Map<string, Properties>();
  const add = (statement: Properties) => {
    statements.set(
      typeof statement["Sid"] === "string" && statement["Sid"] !== "" ? statement["Sid"] : `#${statements.size}`,
      statement,
    );
  };
  const addAll = (json: Value) => {
    if (typeof json === "string" && json !== "")
      [(JSON.parse(json) as { Statement: Properties }).Statement].flat().forEach(add);
  };
  const list = (name: string) => (Array.isArray(args[name]) ? args[name] : []);
  list("sourcePolicyDocuments").forEach(addAll);
  list("statements").forEach((statement) => {
    if (isObject(statement)) add(statementOf(statement));
  });
  list("overridePolicyDocuments").forEach(addAll);
  return JSON.stringify(
    {
      ...(args["policyId"] ? { Id: args["policyId"] } : {}),
      Version: args["version"] ?? "2012-10-17",
      Statement: [...statements.values()],
    },
    undefined,
    2,
  );
}
