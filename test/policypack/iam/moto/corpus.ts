import type { DocumentKind } from "../../../../policypack/iam/document";
import { awsDocuments } from "../cases/aws-documents";
import { documents } from "../cases/documents";
import { languageCases } from "../cases/language";
import { operatorCases } from "../cases/operators";
import { resourceCases } from "../cases/resources";

/** A document in a form that moto can validate. */
export interface Judgeable {
  readonly name: string;
  readonly kind: Extract<DocumentKind, "identity" | "managed" | "trust">;
  readonly text: string;
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * A document of an endpoint as an inline policy: without its principals, and with the version that moto requires of every
 * document (only a managed policy needs it, which has a separate case).
 */
function asInline(document: unknown): unknown {
  if (!isObject(document)) return document;
  const strip = (statement: unknown) => {
    if (!isObject(statement)) return statement;
    const { Principal: _, NotPrincipal: __, ...rest } = statement;
    return rest;
  };
  const statements = document["Statement"];
  return {
    Version: "2012-10-17",
    ...document,
    ...(statements !== undefined && {
      Statement: Array.isArray(statements) ? (statements as unknown[]).map(strip) : strip(statements),
    }),
  };
}

function judgeable(name: string, kind: DocumentKind, source: unknown): Judgeable[] {
  if (source === "" || source === undefined) return []; // the client does not send an empty document
  if (typeof source === "string") {
    return [{ name, kind: kind === "trust" || kind === "managed" ? kind : "identity", text: source }];
  }
  const { kind: _, ...document } = isObject(source) ? source : {};
  const given: unknown = isObject(source) ? document : source;
  if (kind === "managed" || kind === "trust") return [{ name, kind, text: JSON.stringify(given) }];
  const isIdentity = kind === "identity" && isObject(given);
  const text = JSON.stringify(isIdentity ? { Version: "2012-10-17", ...given } : asInline(given));
  return [{ name, kind: "identity", text }];
}

/** Every document of the tests in this folder, once. */
export const corpus: readonly Judgeable[] = [
  ...awsDocuments.flatMap(({ name, kind, document }) => judgeable(name, kind, document)),
  ...documents.flatMap(([name, source, kind]) => judgeable(name, kind, source)),
  ...[...languageCases, ...resourceCases, ...operatorCases].flatMap(({ name, policy }) =>
    judgeable(name, "endpoint", policy),
  ),
];
