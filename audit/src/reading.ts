import type { Place } from "patchpath/account";
import type { Clients } from "./clients";
import type { Reader } from "./reader";
import type { Maker } from "./resources";

/** What every part of the reading of one account in one region needs. */
export interface Reading {
  readonly place: Place;
  readonly make: Maker;
  readonly clients: Clients;
  readonly reader: Reader;
}

/** In parts of a size that a call accepts. */
export function inParts<T>(values: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, i) => values.slice(i * size, (i + 1) * size));
}

/** For each of the values at once; the reader bounds how many calls are under way. */
export function each<T, R>(values: readonly T[], read: (value: T) => Promise<R>): Promise<R[]> {
  return Promise.all(values.map(read));
}

/** The pages of a list that the SDK has no paginator for. @param send the request of a page, with the token of the one before */
export async function* byToken<Page extends { readonly NextToken?: string | undefined }>(
  send: (NextToken: string | undefined) => Promise<Page>,
): AsyncGenerator<Page> {
  let token: string | undefined;
  do {
    const page = await send(token);
    yield page;
    token = page.NextToken;
  } while (token !== undefined && token !== "");
}
