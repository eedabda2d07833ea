/**
 * What follows from one object, computed once for each: fleets share subnets, endpoints, roles and images.
 *
 * @param find what else it is given is the same for the same object, such as the stack that the object was derived from
 */
export function oncePer<K extends object, Rest extends readonly unknown[], T>(
  find: (of: K, ...rest: Rest) => T,
): (of: K, ...rest: Rest) => T {
  const found = new WeakMap<K, { readonly value: T }>();
  return (of, ...rest) => {
    let one = found.get(of);
    if (!one) found.set(of, (one = { value: find(of, ...rest) }));
    return one.value;
  };
}

/** The same for an object and texts, such as a role, an action and a region. */
export function oncePerTexts<K extends object, Texts extends readonly (string | undefined)[], T>(
  find: (of: K, ...texts: Texts) => T,
): (of: K, ...texts: Texts) => T {
  const foundOf = oncePer((_: K) => new Map<string, { readonly value: T }>());
  return (of, ...texts) => {
    const found = foundOf(of);
    const key = texts.join(" ");
    let one = found.get(key);
    if (!one) found.set(key, (one = { value: find(of, ...texts) }));
    return one.value;
  };
}
