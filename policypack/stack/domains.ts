/** A domain as it is compared: in lower case, without the dot at its end. The root is empty. */
export function bareDomain(domain: string): string {
  return domain.replace(/\.$/, "").toLowerCase();
}
