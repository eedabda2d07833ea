import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type BaselineSystemName, baselineSystems } from "patchpath/facts";

/** Compliance severity of missing patches. */
export const complianceLevels = ["CRITICAL", "HIGH", "MEDIUM", "LOW", "INFORMATIONAL", "UNSPECIFIED"] as const;
export type ComplianceLevel = (typeof complianceLevels)[number];

/** Which patches to approve, and when. */
export interface ApprovalRule {
  /** Values by the key of the filter, such as `{ CLASSIFICATION: [Security] }`. A patch must match all filters. */
  readonly filters: Readonly<Record<string, readonly string[]>>;
  /**
   * Days from the release of a patch to its approval.
   *
   * @default - 7; 0 for operating systems that do not publish release dates
   */
  readonly approveAfterDays?: number | undefined;
  /**
   * Instead of days: approves all patches released up to this date, such as `2026-11-22`.
   *
   * @default - none: days apply
   */
  readonly approveUntilDate?: string | undefined;
  /** @default UNSPECIFIED */
  readonly complianceLevel?: ComplianceLevel | undefined;
  /**
   * Whether to also approve patches that are not security updates; Linux only.
   *
   * @default false
   */
  readonly nonSecurity?: boolean | undefined;
}

/** A package repository to use instead of those of the operating system; Linux only. */
export interface PatchSource {
  readonly name: string;
  readonly products: readonly string[];
  /** A section of a yum configuration, or a `deb` line. */
  readonly configuration: string;
}

/** A patch baseline for all versions of an operating system. All plain: it determines which resources are created. */
export interface BaselineSettings {
  readonly operatingSystem: BaselineSystemName;
  /** @default - none */
  readonly rules?: readonly ApprovalRule[] | undefined;
  /**
   * Patches that are always approved, by the full name of the package or the number of the KB article.
   *
   * @default - none
   */
  readonly approvedPatches?: readonly string[] | undefined;
  /** @default UNSPECIFIED */
  readonly approvedPatchesComplianceLevel?: ComplianceLevel | undefined;
  /** @default false */
  readonly approvedPatchesNonSecurity?: boolean | undefined;
  /**
   * Patches that are never installed.
   *
   * @default - none
   */
  readonly rejectedPatches?: readonly string[] | undefined;
  /**
   * `ALLOW_AS_DEPENDENCY` installs a rejected package if another package requires it.
   *
   * @default ALLOW_AS_DEPENDENCY
   */
  readonly rejectedPatchesAction?: "ALLOW_AS_DEPENDENCY" | "BLOCK" | undefined;
  /** @default - the repositories of the operating system */
  readonly sources?: readonly PatchSource[] | undefined;
  /**
   * The compliance status of Windows instances that miss an available security update which is not approved yet.
   *
   * @default - that of AWS: `COMPLIANT`
   */
  readonly availableSecurityUpdates?: "COMPLIANT" | "NON_COMPLIANT" | undefined;
  /**
   * Whether it is also the default baseline of the account for the operating system in this region.
   *
   * @default false
   */
  readonly default?: boolean | undefined;
}

/** Defaults of the settings, which the stack config shares. */
export const baselineDefaults = {
  complianceLevel: "UNSPECIFIED",
  rejectedPatchesAction: "ALLOW_AS_DEPENDENCY",
} as const satisfies Partial<BaselineSettings & ApprovalRule>;

/** The delay of a rule without days or a date: that of the predefined baselines of AWS. */
export const defaultApprovalDays = 7;

export interface PatchBaselineArgs extends BaselineSettings {
  /** Value of the tag `PatchGroup` of the instances. */
  readonly patchGroup: string;
  /** Whether to register it for that patch group. With a patch policy, patch groups have no effect. */
  readonly byPatchGroup: boolean;
  /**
   * Patch groups of existing instances, without duplicates.
   *
   * @default - none
   */
  readonly attachedGroups?: readonly string[];
  /**
   * Tags of the baseline.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A patch baseline, registered for patch groups or as the default of the account. */
export class PatchBaseline extends pulumi.ComponentResource {
  readonly baselineId: pulumi.Output<string>;
  readonly baselineName: pulumi.Output<string>;

  constructor(name: string, args: PatchBaselineArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:patching:PatchBaseline", name, {}, opts);

    const { operatingSystem, patchGroup } = args;
    const inComponent = { parent: this };
    const isLinux = operatingSystem !== "WINDOWS";

    const baseline = createBaseline();
    if (args.byPatchGroup) {
      new aws.ssm.PatchGroup(`${name}-group`, { baselineId: baseline.id, patchGroup }, inComponent);
    }
    for (const group of args.attachedGroups ?? []) {
      // Named after the group: under another name, the registration would be created again and then deleted with the old one.
      new aws.ssm.PatchGroup(`${name}-group-${group}`, { baselineId: baseline.id, patchGroup: group }, inComponent);
    }
    if (args.default) {
      new aws.ssm.DefaultPatchBaseline(`${name}-default`, { baselineId: baseline.id, operatingSystem }, inComponent);
    }

    this.baselineId = baseline.id;
    this.baselineName = baseline.name;
    this.registerOutputs({ baselineId: this.baselineId });

    function createBaseline(): aws.ssm.PatchBaseline {
      return new aws.ssm.PatchBaseline(
        `${name}-baseline`,
        {
          description: `Patches of the group ${patchGroup}`,
          operatingSystem,
          approvalRules: (args.rules ?? []).map(approvalRule),
          approvedPatches: [...(args.approvedPatches ?? [])],
          approvedPatchesComplianceLevel: args.approvedPatchesComplianceLevel ?? baselineDefaults.complianceLevel,
          ...(isLinux && { approvedPatchesEnableNonSecurity: args.approvedPatchesNonSecurity ?? false }),
          rejectedPatches: [...(args.rejectedPatches ?? [])],
          rejectedPatchesAction: args.rejectedPatchesAction ?? baselineDefaults.rejectedPatchesAction,
          ...(args.availableSecurityUpdates && {
            availableSecurityUpdatesComplianceStatus: args.availableSecurityUpdates,
          }),
          sources: (args.sources ?? []).map(({ products, ...source }) => ({ ...source, products: [...products] })),
          tags: { ...args.tags },
        },
        inComponent,
      );
    }

    function approvalRule({
      filters,
      complianceLevel = baselineDefaults.complianceLevel,
      nonSecurity = false,
      ...when
    }: ApprovalRule) {
      return {
        patchFilters: Object.entries(filters).map(([key, values]) => ({ key, values: [...values] })),
        complianceLevel,
        ...(isLinux && { enableNonSecurity: nonSecurity }),
        ...(when.approveUntilDate === undefined
          ? { approveAfterDays: when.approveAfterDays ?? approvalDays(operatingSystem) }
          : { approveUntilDate: when.approveUntilDate }),
      };
    }
  }
}

/** Without release dates, no delay is possible. */
function approvalDays(operatingSystem: BaselineSystemName): number {
  return baselineSystems[operatingSystem].releaseDates ? defaultApprovalDays : 0;
}
