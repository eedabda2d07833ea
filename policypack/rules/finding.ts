import type { StackResource } from "../stack/resource";

/** Something that a rule has to say of a resource. */
export interface Finding {
  readonly resource: Pick<StackResource, "name" | "urn" | "isContext">;
  readonly message: string;
}
