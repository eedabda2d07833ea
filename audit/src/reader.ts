import type { Action } from "./calls";
import { AuditError } from "./audit-error";
import { type Failure, failureOf } from "./failures";

/** How many calls are under way at once, over all services. */
const concurrency = 12;

/**
 * Makes the calls of one account in one region: a bounded number at once, each counted. A call that AWS refuses, or that
 * fails after the SDK's retries, gives `undefined`, and is remembered with its action; what depends on it is unknown. What
 * ends every call, such as credentials that have expired, ends the reading.
 */
export class Reader {
  readonly #where: string;
  readonly #onCall: (count: number) => void;
  readonly #failures = new Map<Action, Failure>();
  readonly #waiting: (() => void)[] = [];
  #free = concurrency;
  #count = 0;

  constructor(where: string, onCall: (count: number) => void) {
    this.#where = where;
    this.#onCall = onCall;
  }

  /** Requests so far, each page by itself. */
  get count(): number {
    return this.#count;
  }

  /** The calls that were refused or failed, in the order of their actions. */
  get failures(): readonly Failure[] {
    return [...this.#failures.values()].sort((a, b) => (a.action < b.action ? -1 : 1));
  }

  /** Whether a call was refused or failed, so that nothing is known of what it would have answered. */
  hasFailed(action: Action): boolean {
    return this.#failures.has(action);
  }

  /** One call; `undefined` where it failed, or where what it asks for does not exist. */
  async one<T>(action: Action, call: () => Promise<T>): Promise<T | undefined> {
    try {
      this.#counted();
      return await this.#bounded(call);
    } catch (error) {
      this.#note(action, error);
      return undefined;
    }
  }

  /** All items of all pages; `undefined` where one of the pages failed, since a part of a list proves nothing. */
  async list<Page, Item>(
    action: Action,
    pages: AsyncIterable<Page>,
    itemsOf: (page: Page) => readonly Item[] | undefined,
  ): Promise<Item[] | undefined> {
    const items: Item[] = [];
    const iterator = pages[Symbol.asyncIterator]();
    try {
      for (;;) {
        const page: IteratorResult<Page, unknown> = await this.#bounded(() => iterator.next());
        if (page.done) return items;
        this.#counted();
        for (const item of itemsOf(page.value) ?? []) items.push(item);
      }
    } catch (error) {
      this.#note(action, error);
      return undefined;
    }
  }

  #counted(): void {
    this.#count += 1;
    this.#onCall(this.#count);
  }

  /** The failure of a call that was not answered. @throws AuditError where no other call can succeed either */
  #note(action: Action, error: unknown): void {
    const failure = failureOf(action, this.#where, error);
    if (failure === undefined) return;
    if (failure.isFatal) throw new AuditError(failure.sentence);
    if (!this.#failures.has(action)) this.#failures.set(action, failure);
  }

  async #bounded<T>(call: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resume) => this.#waiting.push(resume));
    try {
      return await call();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}
