import { maxCharacters } from "../facts/document-checks";
import type { Problem } from "../iam/document";
import { parsePolicy } from "../iam/parse";
import { policyDocumentsIn } from "../stack/policy-documents";
import type { StackResource } from "../stack/resource";
import { inlinePolicyTexts } from "../stack/roles";
import { isSecretAt } from "../stack/secrets";
import type { Stack } from "../stack/stack";

/** What is wrong with the policy documents of a resource, in sentences. */
export interface DocumentProblems {
  /** What AWS surely refuses. */
  readonly refused: readonly string[];
  /** What AWS reads otherwise than meant, or may. */
  readonly advice: readonly string[];
}

/** Reads the policy documents in a resource's inputs. */
export function documentProblems(resource: Pick<StackResource, "type" | "props" | "urn">): DocumentProblems {
  const refused: string[] = [];
  const advice: string[] = [];
  const inline: string[] = [];
  for (const { property, kind, source } of policyDocumentsIn(resource)) {
    const parsed = parsePolicy(source, kind);
    const words = (problems: readonly Problem[]) => problems.map((problem) => inWords(resource, property, problem));
    refused.push(...words(parsed.problems));
    advice.push(...words(parsed.advice));
    if (kind === "identity") inline.push(typeof source === "string" ? source : JSON.stringify(source));
  }
  const length = charactersOf(inline);
  if (inline.length > 1 && length > maxCharacters.inline) refused.push(tooManyTogether(inline.length, length));
  return { refused, advice };
}

function inWords(resource: Pick<StackResource, "urn">, property: string, { where, message }: Problem): string {
  if (isSecretAt(resource, property)) {
    const statement = /^Statement\[\d+\]/.exec(where)?.[0];
    const what = statement === undefined ? "the document" : `\`${statement}\``;
    return `\`${property}\`: ${what} is not as AWS expects it; it is a secret, so no part of it is shown`;
  }
  return where === "" ? `\`${property}\` ${message}` : `\`${property}\`: \`${where}\` ${message}`;
}

/** The characters that IAM counts. */
function charactersOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.replace(/\s+/g, "").length, 0);
}

function tooManyTogether(count: number, length: number): string {
  return `The ${count} inline policies of the role have ${length} characters together, without white space; expected at most ${maxCharacters.inline}`;
}

/** Roles whose inline policies, in the role and in resources of their own, are together more than AWS takes. */
export function inlinePoliciesTooLong(stack: Stack): { resource: StackResource; message: string }[] {
  return inlinePolicyTexts(stack).flatMap(({ own, attached }) => {
    const [first] = attached;
    const texts = [...own, ...attached.map(({ text }) => text)];
    const length = charactersOf(texts);
    if (!first || texts.length === 1 || length <= maxCharacters.inline) return [];
    return [{ resource: first.resource, message: tooManyTogether(texts.length, length) }];
  });
}
