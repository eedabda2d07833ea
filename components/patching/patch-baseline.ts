import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type BaselineSystemName, baselineSystems } from "patchpath/facts";

/** How grave it is when a patch of a rule is missing. */
export const complianceLevels = ["CRITICAL", "HIGH", "MEDIUM", "LOW", "INFORMATIONAL", "UNSPECIFIED"] as const;
export type ComplianceLevel = (typeof complianceLevels)[number];

/** Which patches are approved, and when. */
export interface ApprovalRule {
  /** Values by the key of the filter, `{ CLASSIFICATION: [Security] }`; all filters must hold. */
  readonly filters: Readonly<Record<string, readonly string[]>>;
  /**
   * Days from the release of a patch.
   *
   * @default - 7; 0 where the system's patches have no dates of release
   */
  readonly approveAfterDays?: number | undefined;
  /**
   * In place of days: all that was released up to this date, `2026-11-22`.
   *
   * @default - none: by days
   */
  readonly approveUntilDate?: string | undefined;
  readonly complianceLevel: ComplianceLevel;
  /** Whether patches without security relevance are approved too; Linux only. */
  readonly nonSecurity: boolean;
}

/** A package repository in place of the system's own; Linux only. */
export interface PatchSource {
  readonly name: string;
  readonly products: readonly string[];
  /** A section of yum's configuration, or a `deb` line. */
  readonly configuration: string;
}

/** A patch baseline for all versions of an operating system. All plain: it decides which resources there are. */
export interface BaselineSettings {
  readonly operatingSystem: BaselineSystemName;
  readonly rules: readonly ApprovalRule[];
  /** Always approved, by the package's full name or the number of the KB article. */
  readonly approvedPatches: readonly string[];
  readonly approvedPatchesComplianceLevel: ComplianceLevel;
  readonly approvedPatchesNonSecurity: boolean;
  /** Never installed. */
  readonly rejectedPatches: readonly string[];
  /** `ALLOW_AS_DEPENDENCY` lets a rejected package in that another one needs. */
  readonly rejectedPatchesAction: "ALLOW_AS_DEPENDENCY" | "BLOCK";
  readonly sources: readonly PatchSource[];
  /** Whether it is the account's default for the operating system in this region, and not the stack's patch group's alone. */
  readonly default: boolean;
}

/** Where a rule gives neither days nor a date: as long as AWS's own baselines wait. */
export const defaultApprovalDays = 7;

export interface PatchBaselineArgs extends BaselineSettings {
  /** Value of the tag `PatchGroup`, of whose instances it is the baseline. */
  readonly patchGroup: string;
  /** Whether it is registered for that patch group; with a patch policy groups decide nothing. */
  readonly byPatchGroup: boolean;
  /**
   * Patch groups of instances that exist already, each once.
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

/** A patch baseline, and what makes it that of the patch group or the default. */
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
      // Named by the group: under another name the registration would be made again, and the old one then taken back.
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
          approvalRules: args.rules.map(approvalRule),
          approvedPatches: [...args.approvedPatches],
          approvedPatchesComplianceLevel: args.approvedPatchesComplianceLevel,
          ...(isLinux && { approvedPatchesEnableNonSecurity: args.approvedPatchesNonSecurity }),
          rejectedPatches: [...args.rejectedPatches],
          rejectedPatchesAction: args.rejectedPatchesAction,
          sources: args.sources.map(({ products, ...source }) => ({ ...source, products: [...products] })),
          tags: { ...args.tags },
        },
        inComponent,
      );
    }

    function approvalRule({ filters, complianceLevel, nonSecurity, ...when }: ApprovalRule) {
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

/** Without dates of release nothing can wait. */
function approvalDays(operatingSystem: BaselineSystemName): number {
  return baselineSystems[operatingSystem].releaseDates ? defaultApprovalDays : 0;
}
