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
 */
export class AwsObjects {
  readonly #byId = new Map<string, AwsObject>();

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
