import type { Properties } from "./values";

/** A resource that exists in the stand-in's account, as far as this run has seen it. */
export interface AwsObject {
  readonly type: string;
  readonly id: string;
  readonly urn: string;
  readonly outputs: Properties;
}

/**
 * What exists in the account: everything the engine told of in this run. The state of a stack is the engine's to keep,
 * so an id that was never mentioned may well exist elsewhere, and nothing is said against it.
 *
 * @param elsewhere what other stacks made and this one's earlier runs, asked for by lookups only
 */
export class AwsObjects {
  readonly #byId = new Map<string, AwsObject>();
  #elsewhere: readonly AwsObject[] | undefined;

  constructor(private readonly elsewhere: () => readonly AwsObject[] = () => []) {}

  /** Everything of a type, whoever made it: for lookups, which see the account as it is. */
  everywhere(type: string): AwsObject[] {
    this.#elsewhere ??= this.elsewhere();
    const known = this.ofType(type);
    const ids = new Set(known.map(({ id }) => id));
    return [...known, ...this.#elsewhere.filter((object) => object.type === type && !ids.has(object.id))];
  }

  remember(object: AwsObject): void {
    this.#byId.set(`${object.type} ${object.id}`, object);
  }

  forget(type: string, id: string): void {
    this.#byId.delete(`${type} ${id}`);
  }

  find(type: string, id: unknown): AwsObject | undefined {
    return typeof id === "string" ? this.#byId.get(`${type} ${id}`) : undefined;
  }

  ofType(type: string): AwsObject[] {
    return [...this.#byId.values()].filter((object) => object.type === type);
  }
}
