import type { StackResource } from "../stack/resource";

/** What a file shows: the resources of a stack, or of several where `patchpath context` wrote it. */
export interface StackFile {
  /** As messages name it. */
  readonly file: string;
  readonly resources: readonly StackResource[];
  readonly stacks: readonly StackFacts[];
  /** Whether it shows what will be; a state shows what is. */
  readonly isPlan: boolean;
  /** Why resources are missing, as a sentence; `undefined` if none is. */
  readonly partial: string | undefined;
}

/** A stack of Pulumi, or a state or plan of Terraform. */
export interface StackFacts {
  /** `project/stack`, as in the URNs of its resources. */
  readonly name: string;
  /** When it was last updated, if the file says so, as `2026-11-28T10:00:00Z`. */
  readonly updated?: string | undefined;
  /** Terraform's id of the state, which stays the same for all its versions. */
  readonly lineage?: string | undefined;
  /** Terraform's number of the version of the state. */
  readonly serial?: number | undefined;
  /** What it gives to other stacks. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** What it has read of others, by StackReference or `terraform_remote_state`. */
  readonly reads: readonly StackRead[];
}

export interface StackRead {
  /** The stack as the program names it: `acme/network/prod`, or a place of states of Terraform. */
  readonly name: string;
  readonly outputs: Readonly<Record<string, unknown>>;
}
