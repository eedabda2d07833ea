import { deepStrictEqual } from "node:assert/strict";
import { type WrongConfig, problemsOf } from "./problems";

const baselines = (...all: object[]) => ({ "patchpath:baselines": all });
const linux = { operatingSystem: "AMAZON_LINUX_2023" };
const windows = { operatingSystem: "WINDOWS" };
const rules = (...all: object[]) => baselines({ ...linux, rules: all });
const security = { filters: { CLASSIFICATION: ["Security"] } };

describe("the config of patch baselines", () => {
  const wrong: readonly WrongConfig[] = [
    [
      "the status of available security updates for Linux",
      baselines({ ...linux, availableSecurityUpdates: "NON_COMPLIANT" }),
      [
        "`patchpath:baselines[0].availableSecurityUpdates` is for `WINDOWS`; expected it left out with `AMAZON_LINUX_2023`",
      ],
    ],
    [
      "an operating system with Patchpath's name",
      baselines({ operatingSystem: "amazon-linux-2023" }),
      [
        "`patchpath:baselines[0].operatingSystem` is `amazon-linux-2023`; expected one of `ALMA_LINUX`, `AMAZON_LINUX_2`, `AMAZON_LINUX_2023`, `CENTOS`, `DEBIAN`, `ORACLE_LINUX`, `REDHAT_ENTERPRISE_LINUX`, `ROCKY_LINUX`, `SUSE`, `UBUNTU`, `WINDOWS`; did you mean `AMAZON_LINUX_2023`?",
      ],
    ],
    [
      "two baselines for one operating system",
      baselines(linux, linux),
      [
        "`patchpath:baselines[1].operatingSystem` is `AMAZON_LINUX_2023`, as `baselines[0].operatingSystem` is; expected one baseline for each",
      ],
    ],
    [
      "a filter of Windows for Linux",
      rules({ filters: { MSRC_SEVERITY: ["Critical"] } }),
      [
        "`patchpath:baselines[0].rules[0].filters.MSRC_SEVERITY` is not a filter of `AMAZON_LINUX_2023`; expected one of `PRODUCT`, `CLASSIFICATION`, `SEVERITY`; did you mean `SEVERITY`?",
      ],
    ],
    [
      "a filter of yum for apt",
      baselines({ operatingSystem: "UBUNTU", rules: [security] }),
      [
        "`patchpath:baselines[0].rules[0].filters.CLASSIFICATION` is not a filter of `UBUNTU`; expected one of `PRODUCT`, `PRIORITY`",
      ],
    ],
    [
      "a classification of Windows for Linux",
      rules({ filters: { CLASSIFICATION: ["Security", "SecurityUpdates"] } }),
      [
        "`patchpath:baselines[0].rules[0].filters.CLASSIFICATION[1]` is `SecurityUpdates`; expected one of `Security`, `Bugfix`, `Enhancement`, `Recommended`, `Newpackage`, `*`; did you mean `Security`?",
      ],
    ],
    [
      "a lowercase severity",
      rules({ filters: { SEVERITY: ["critical"] } }),
      [
        "`patchpath:baselines[0].rules[0].filters.SEVERITY[0]` is `critical`; expected one of `Critical`, `Important`, `Medium`, `Low`, `*`; did you mean `Critical`?",
      ],
    ],
    [
      "the product of another operating system",
      rules({ filters: { PRODUCT: ["AmazonLinux2"] } }),
      [
        "`patchpath:baselines[0].rules[0].filters.PRODUCT[0]` is `AmazonLinux2`; expected a value such as `AmazonLinux2023`, or `*`",
      ],
    ],
    [
      "a rule for everything, without filters",
      rules({ filters: {} }),
      [
        "`patchpath:baselines[0].rules[0].filters` is `{}`; expected at least one filter, such as `{ CLASSIFICATION: [Security] }`",
      ],
    ],
    [
      "a filter without values",
      rules({ filters: { CLASSIFICATION: [] } }),
      ["`patchpath:baselines[0].rules[0].filters.CLASSIFICATION` is `[]`; expected at least 1 element"],
    ],
    [
      "a delay of more than a year",
      rules({ ...security, approveAfterDays: 366 }),
      ["`patchpath:baselines[0].rules[0].approveAfterDays` is `366`; expected at most 360"],
    ],
    [
      "a delay and a date",
      rules({ ...security, approveAfterDays: 7, approveUntilDate: "2026-11-22" }),
      [
        "`patchpath:baselines[0].rules[0].approveUntilDate` is given in addition to `approveAfterDays`; expected exactly one of the two",
      ],
    ],
    [
      "a date that does not exist",
      rules({ ...security, approveUntilDate: "2026-02-30" }),
      ["`patchpath:baselines[0].rules[0].approveUntilDate` is `2026-02-30`; expected a date such as `2026-11-22`"],
    ],
    [
      "a delay for patches without dates",
      baselines({ operatingSystem: "DEBIAN", rules: [{ filters: { PRIORITY: ["*"] }, approveAfterDays: 7 }] }),
      [
        "`patchpath:baselines[0].rules[0].approveAfterDays` is not for `DEBIAN`, whose repositories do not publish release dates; expected it left out",
      ],
    ],
    [
      "a lowercase compliance level",
      rules({ ...security, complianceLevel: "critical" }),
      [
        "`patchpath:baselines[0].rules[0].complianceLevel` is `critical`; expected one of `CRITICAL`, `HIGH`, `MEDIUM`, `LOW`, `INFORMATIONAL`, `UNSPECIFIED`; did you mean `CRITICAL`?",
      ],
    ],
    [
      "non-security updates of Windows",
      baselines({ ...windows, rules: [{ filters: { CLASSIFICATION: ["Updates"] }, nonSecurity: true }] }),
      ["`patchpath:baselines[0].rules[0].nonSecurity` is for Linux; expected it left out with `WINDOWS`"],
    ],
    [
      "a patch both approved and rejected",
      baselines({ ...linux, approvedPatches: ["kernel*"], rejectedPatches: ["kernel*"] }),
      [
        "`patchpath:baselines[0].rejectedPatches` has `kernel*`, which `approvedPatches` has too; expected it in one of the two",
      ],
    ],
    [
      "a Windows update by its title",
      baselines({ ...windows, approvedPatches: ["2023-10 Cumulative Update"] }),
      [
        "`patchpath:baselines[0].approvedPatches[0]` is `2023-10 Cumulative Update`; expected the number of a KB article, such as `KB5031364`, or the id of an update",
      ],
    ],
    [
      "sources for Windows",
      baselines({ ...windows, sources: [{ name: "ours", products: ["*"], configuration: "[ours]\nname=ours" }] }),
      ["`patchpath:baselines[0].sources` is for Linux; expected it left out with `WINDOWS`"],
    ],
    [
      "an action that the API does not have",
      baselines({ ...linux, rejectedPatchesAction: "REJECT" }),
      ["`patchpath:baselines[0].rejectedPatchesAction` is `REJECT`; expected one of `ALLOW_AS_DEPENDENCY`, `BLOCK`"],
    ],
    [
      "more filters than AWS allows in a rule",
      baselines({
        ...windows,
        rules: [
          {
            filters: {
              PRODUCT: ["*"],
              PRODUCT_FAMILY: ["Windows"],
              CLASSIFICATION: ["*"],
              MSRC_SEVERITY: ["*"],
              PATCH_SET: ["OS"],
            },
          },
        ],
      }),
      [
        '`patchpath:baselines[0].rules[0].filters` is `{"PRODUCT":["*"],"PRODUCT_FAMILY":["Windows"],"CLASSIFICATION":["*"],"MSRC_SEVER…`; expected at most 4 filters, which is all that AWS takes in a rule',
      ],
    ],
    [
      "a baseline of the patch group with host management",
      { "patchpath:patching": { method: "host-management" }, ...baselines(linux) },
      [
        "`patchpath:baselines[0].default` is `false`; expected `true`, since the method `host-management` scans against default baselines",
      ],
    ],
    [
      "a misspelt key",
      baselines({ ...linux, rule: [] }),
      ["`patchpath:baselines[0].rule` is not a key of this config; did you mean `rules`?"],
    ],
  ];
  for (const [name, values, problems] of wrong) {
    it(`rejects ${name}`, () => {
      deepStrictEqual(problemsOf(values), problems);
    });
  }

  for (const [name, values] of [
    ["every product with *", rules({ filters: { PRODUCT: ["*"], SEVERITY: ["*"] } })],
  ] as const) {
    it(`accepts ${name}`, () => {
      deepStrictEqual(problemsOf(values), []);
    });
  }
});
