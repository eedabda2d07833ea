import type { Properties } from "./values";

/** A resource in the account of the stand-in, as far as this run has seen it. */
export interface AwsObject {
  readonly type: string;
  readonly id: string;
  readonly urn: string;
  readonly outputs: Properties;
}

/**
 * The resources in the account that the engine has mentioned in this run. The engine keeps the state of a stack, so an id that was
 * not mentioned may exist, and is not an error.
 *
 * @param elsewhere resources of other stacks and of earlier runs of this one, used for lookups only
 */
export class AwsObjects {
  readonly #byId = new Map<string, AwsObject>();
  #elsewhere: readonly AwsObject[] | undefined;

  constructor(private readonly elsewhere: () => readonly AwsObject[] = () => []) {}

  /** All resources of a type in all stacks, for lookups. */
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
