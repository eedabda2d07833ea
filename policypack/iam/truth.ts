/** What can be said of a statement about a request: the third value stands for what nobody can know yet. */
export type Truth = boolean | "unknown";

export function not(a: Truth): Truth {
  return a === "unknown" ? a : !a;
}

/** False as soon as one is false, since then the unknown ones no longer matter. */
export function all(values: Iterable<Truth>): Truth {
  let result: Truth = true;
  for (const value of values) {
    if (value === false) return false;
    if (value === "unknown") result = value;
  }
  return result;
}

/** True as soon as one is true. */
export function any(values: Iterable<Truth>): Truth {
  let result: Truth = false;
  for (const value of values) {
    if (value === true) return true;
    if (value === "unknown") result = value;
  }
  return result;
}

/** What holds in every possible case; the cases disagree → unknown. */
export function inEveryCase(values: readonly Truth[]): Truth {
  const [first, ...others] = values;
  return first !== undefined && others.every((value) => value === first) ? first : "unknown";
}
