import type { DocumentCheck } from "../facts/document-checks";

/** The kinds of document that differ in what AWS's grammar allows. */
export type DocumentKind =
  /** Of a resource, as a bucket or a key: has principals. */
  | "resource"
  /** Of an interface endpoint: a resource policy with a limit of its own. */
  | "endpoint"
  /** Of a gateway endpoint: the principal is everybody. */
  | "gateway-endpoint"
  /** Inline in a role, user or group: has no principals. */
  | "identity"
  /** A managed policy: the same, with a version and a limit of its own. */
  | "managed"
  /** Of a role: who may assume it; has no resources. */
  | "trust";

/** A policy document as read: every list is a list, every value is text. */
export interface PolicyDocument {
  /** Policy variables exist since 2012-10-17; a document without a version is one of 2008-10-17. */
  readonly version: "2008-10-17" | "2012-10-17";
  readonly statements: readonly Statement[];
}

export interface Statement {
  /** Position in the document, from 0, as in `Statement[0]`. */
  readonly index: number;
  readonly sid: string | undefined;
  readonly effect: "Allow" | "Deny";
  /** `undefined` in an identity policy, which applies to the identity it is attached to. */
  readonly principals: Principals | undefined;
  readonly actions: Patterns;
  /** `undefined` in a trust policy, which is about the role itself. */
  readonly resources: Patterns | undefined;
  readonly conditions: readonly Condition[];
  /**
   * What of this statement could not be read, in words. Such a statement may apply to anything, whatever its effect: it
   * makes answers unknown and is never ignored.
   */
  readonly unreadable: string | undefined;
}

/** `Action` or `NotAction`, `Resource` or `NotResource`. */
export interface Patterns {
  readonly negated: boolean;
  readonly patterns: readonly string[];
}

/** `Principal` or `NotPrincipal`. */
export interface Principals {
  readonly negated: boolean;
  /** `"*"` or `{"AWS": "*"}`, which mean the same to an anonymous request. */
  readonly everyone: boolean;
  readonly named: readonly { readonly type: string; readonly value: string }[];
}

/** One key of one operator of a `Condition` block. */
export interface Condition {
  /** As written, with its prefix and suffix: `ForAnyValue:StringLikeIfExists`. */
  readonly operator: string;
  /** As written; key names are not case-sensitive. */
  readonly key: string;
  readonly values: readonly string[];
}

/** Something in a document that AWS rejects, or reads differently than its author meant. */
export interface Problem {
  /** What kind of mistake it is. */
  readonly check: DocumentCheck;
  /** A path into the document: `Statement[2].Condition.StringEqualz`. Empty: the whole document. */
  readonly where: string;
  /** What was found and what is allowed, as a clause that follows "where: ". */
  readonly message: string;
}
