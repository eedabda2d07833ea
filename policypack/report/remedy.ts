/** A remedy in two parts. */
export interface Remedy {
  /** It ends with a colon where a policy follows. */
  readonly sentence: string;
  /** The statement or the list to paste, on lines of its own. */
  readonly policy: readonly string[];
}

/** A sentence that ends with a part of a policy, as the rules print it on one line, with that part to paste. */
export function remedyIn(sentence: string): Remedy {
  const [, before, json] = /^(.*?:) ([{[].*[}\]])$/s.exec(sentence) ?? [];
  const policy = before === undefined || json === undefined ? undefined : parsed(json);
  return policy === undefined
    ? { sentence, policy: [] }
    : { sentence: before!, policy: JSON.stringify(policy, undefined, 2).split("\n") };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined; // a sentence in brackets
  }
}

/** The lines of a part of a policy as a block of code in a list of Markdown. */
export function asCodeBlock(policy: readonly string[]): string {
  return policy.length === 0 ? "" : ["\n", "```json", ...policy, "```"].join("\n  ");
}
