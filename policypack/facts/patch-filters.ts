import type { System } from "./systems";

/** What a filter of an approval rule may hold: a list of values, or a form where AWS's list is long and grows. */
export type FilterValues = readonly string[] | { readonly form: RegExp; readonly example: string };

/** What a patch baseline can filter by, for an operating system under AWS's name for it. */
export interface BaselineSystem {
  /** The keys of filters with what they may hold; `*` is always one. */
  readonly filters: Readonly<Record<string, FilterValues>>;
  /** Whether patches have release dates, without which there is no approval delay. */
  readonly releaseDates: boolean;
}

const oneOrMoreDigits = "\\d+(\\.\\d+)*";
const product = (prefix: string, example: string) => ({ form: new RegExp(`^${prefix}${oneOrMoreDigits}$`), example });

const rpmClassifications = ["Security", "Bugfix", "Enhancement", "Recommended", "Newpackage"];
const amazonSeverities = ["Critical", "Important", "Medium", "Low"];
const rpmSeverities = ["Critical", "Important", "Moderate", "Medium", "Low", "None"];
const priorities = ["Required", "Important", "Standard", "Optional", "Extra"];

const rpm = (productForm: FilterValues, severities: readonly string[] = rpmSeverities): BaselineSystem => ({
  filters: { PRODUCT: productForm, CLASSIFICATION: rpmClassifications, SEVERITY: severities },
  releaseDates: true,
});

const deb = (productForm: FilterValues): BaselineSystem => ({
  filters: { PRODUCT: productForm, PRIORITY: priorities },
  releaseDates: false,
});

/**
 * Sources, checked 2026-11-22. The keys: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribePatchProperties.html,
 * and for Windows `PATCH_SET` from API_PatchFilter.html there, both as in botocore's model of the API. AlmaLinux and Rocky
 * Linux are left out; Rocky's are those of AWS's predefined baseline for it
 * (https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-predefined-and-custom-patch-baselines.html),
 * and that AlmaLinux has the same is unconfirmed.
 * Release dates: `ApproveAfterDays` in https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PatchRule.html.
 * The values: the API reference as it was when it listed them (kept in the documentation of Paws 0.40,
 * https://metacpan.org/pod/release/JLMARTIN/Paws-0.40/lib/Paws/SSM/PatchFilter.pm) and the predefined baselines; today it
 * refers to DescribePatchProperties, which only an account can call, so that there are no others is unconfirmed. The forms
 * of products are those of the examples there.
 */
export const baselineSystems = {
  ALMA_LINUX: rpm(product("AlmaLinux", "AlmaLinux9.4")),
  AMAZON_LINUX_2: rpm({ form: /^AmazonLinux2(\.0)?$/, example: "AmazonLinux2" }, amazonSeverities),
  AMAZON_LINUX_2023: rpm({ form: /^AmazonLinux2023(\.\d+)*$/, example: "AmazonLinux2023" }, amazonSeverities),
  CENTOS: rpm(product("CentOS", "CentOS9")),
  DEBIAN: deb(product("Debian", "Debian12")),
  ORACLE_LINUX: rpm(product("OracleLinux", "OracleLinux9.4")),
  REDHAT_ENTERPRISE_LINUX: rpm(product("RedhatEnterpriseLinux", "RedhatEnterpriseLinux9.4")),
  ROCKY_LINUX: rpm(product("RockyLinux", "RockyLinux9.4")),
  SUSE: {
    filters: {
      PRODUCT: product("Suse", "Suse15.6"),
      CLASSIFICATION: ["Security", "Recommended", "Optional", "Feature", "Document", "Yast"],
      SEVERITY: ["Critical", "Important", "Moderate", "Low"],
    },
    releaseDates: true,
  },
  UBUNTU: deb(product("Ubuntu", "Ubuntu24.04")),
  WINDOWS: {
    filters: {
      PATCH_SET: ["OS", "APPLICATION"],
      PRODUCT: { form: /^[A-Z][\w .,()+-]{1,63}$/, example: "WindowsServer2022" },
      PRODUCT_FAMILY: { form: /^[A-Z][\w .,()+-]{1,63}$/, example: "Windows" },
      CLASSIFICATION: [
        "CriticalUpdates",
        "DefinitionUpdates",
        "Drivers",
        "FeaturePacks",
        "SecurityUpdates",
        "ServicePacks",
        "Tools",
        "UpdateRollups",
        "Updates",
        "Upgrades",
      ],
      MSRC_SEVERITY: ["Critical", "Important", "Moderate", "Low", "Unspecified"],
    },
    releaseDates: true,
  },
} as const satisfies Readonly<Record<string, BaselineSystem>>;

export type BaselineSystemName = keyof typeof baselineSystems;

export function isBaselineSystem(name: string): name is BaselineSystemName {
  return Object.hasOwn(baselineSystems, name);
}

/** Names of our systems without their version, by AWS's name. */
const families: readonly (readonly [prefix: string, name: BaselineSystemName])[] = [
  ["alma-", "ALMA_LINUX"],
  ["amazon-linux-2023", "AMAZON_LINUX_2023"],
  ["amazon-linux-2", "AMAZON_LINUX_2"],
  ["centos-", "CENTOS"],
  ["debian-", "DEBIAN"],
  ["oracle-linux-", "ORACLE_LINUX"],
  ["rhel-", "REDHAT_ENTERPRISE_LINUX"],
  ["rocky-", "ROCKY_LINUX"],
  ["suse-", "SUSE"],
  ["ubuntu-", "UBUNTU"],
  ["windows-server-", "WINDOWS"],
];

/** AWS's name for a system in baselines: one for all its versions. */
export function baselineSystemOf(system: System): BaselineSystemName {
  return families.find(([prefix]) => system.startsWith(prefix))![1];
}

/** Whether a filter of an operating system may hold a value. */
export function isFilterValue(values: FilterValues, value: string): boolean {
  if (value === "*") return true;
  return "form" in values ? values.form.test(value) : values.includes(value);
}
