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
