/** The truth of a statement about a request: the third value is for what is not known yet. */
export type Truth = boolean | "unknown";

export function not(a: Truth): Truth {
  return a === "unknown" ? a : !a;
}

/** False as soon as one is false, since then the other no longer matters. */
export function and(a: Truth, b: Truth): Truth {
  return a === true || b === false ? b : a;
}

/** True as soon as one is true. */
export function or(a: Truth, b: Truth): Truth {
  return a === false || b === true ? b : a;
}

export function all(values: readonly Truth[]): Truth {
  return values.reduce(and, true);
}

export function any(values: readonly Truth[]): Truth {
  return values.reduce(or, false);
}

/** What holds in every possible case; the cases disagree → unknown. */
export function inEveryCase(values: readonly Truth[]): Truth {
  const [first, ...others] = values;
  return first !== undefined && others.every((value) => value === first) ? first : "unknown";
}
