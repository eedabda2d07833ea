import type { Action } from "./calls";
import { pagesOf } from "./json-service";
import type { Reading } from "./reading";

const service = "route53resolver";

/** All elements of one of the lists of Route 53 Resolver. @param list its name in the answer */
export function resolverList<T>(
  { reader, clients: { settings } }: Reading,
  action: Extract<Action, `${typeof service}:${string}`>,
  list: string,
  request: Readonly<Record<string, string>> = {},
): Promise<T[] | undefined> {
  const operation = action.slice(service.length + 1);
  type Page = { readonly NextToken?: string } & Readonly<Record<string, T[] | undefined>>;
  const pages = pagesOf<Page>(service, settings, (NextToken) => ({
    operation,
    body: { ...request, MaxResults: 100, NextToken },
  }));
  return reader.list(action, pages, (page) => page[list]);
}
