import type { Reading } from "./reading";
import type { StackResource } from "./resource";
import type { Target } from "./stack";

/** What instances are launched with: by an instance itself, a launch template, a launch configuration, or a specification. */
export interface LaunchSettings {
  /** Empty: those of the default VPC, which are not in the stack. */
  readonly subnets: readonly Target[];
  /** Empty: the VPC's default group. */
  readonly securityGroups: readonly Target[];
  readonly imageId: Reading<string>;
  /** The resources that the id of the image may come from, while it is not known. */
  readonly imageOrigins: readonly StackResource[];
  /** The type of image that EKS chooses for a managed node group. */
  readonly amiType?: Reading<string>;
  readonly instanceType: Reading<string>;
  /** Decoded; absent where there is none. */
  readonly userData: Reading<string>;
  /** Or the role itself, where AWS creates the profile. */
  readonly instanceProfile: Target | undefined;
  readonly tags: ReadonlyMap<string, string>;
  /** Whether they may have other tags, or tags with other values, which are not known yet. */
  readonly hasUnknownTags: boolean;
  /** Whether instances have a public address of their own; unknown leaves it to the subnet. */
  readonly publicAddress: boolean | "unknown" | undefined;
  /** Whether the instance metadata service is turned off; unknown where that is a secret. */
  readonly hasNoMetadata?: boolean | "unknown";
  /** What of the settings is not in the stack, as a clause that follows "cannot determine". */
  readonly unseen?: string | undefined;
}

/** Instances of one kind: an instance, a group of any sort, or a launch template that nothing in the stack uses. */
export interface Fleet extends LaunchSettings {
  readonly resource: StackResource;
  readonly name: string;
  /** The launch template or configuration of these settings, where the fleet has several. */
  readonly specification?: string;
  /** The same fleet with its other settings: its instances may have any of them. */
  readonly alternatives?: readonly Fleet[];
  /** Why nothing about it can be determined, as a clause that follows "cannot determine". */
  readonly opaque?: string;
}
