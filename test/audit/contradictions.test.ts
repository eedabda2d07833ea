import { deepStrictEqual } from "node:assert/strict";
import { changesSince, contradictionsOf } from "../../audit/src";
import { hops } from "../../policypack/path/hop";
import type { FleetOutput } from "../../policypack/report/path-report";
import type { Seen } from "../../policypack/report/seen";

const healthy: Seen = {
  instances: 2,
  running: 2,
  online: 2,
  installed: 9,
  missing: 0,
  failed: 0,
  compliant: 2,
  assessed: 2,
};
const lost: Seen = { ...healthy, online: 1, lastSeen: "2026-11-20T08:00:00.000Z", compliant: 0, assessed: 0 };

type Verdicts = Readonly<Record<string, "open" | "blocked" | "unknown">>;

/** A fleet whose hops are open, except the given ones. */
function fleet(verdicts: Verdicts, seen: Seen, operatingSystem = "amazon-linux-2023"): FleetOutput {
  const all = hops.map((hop) => ({ hop, verdict: verdicts[hop] ?? ("open" as const), because: `why ${hop}` }));
  const values = Object.values(verdicts);
  const verdict = values.includes("blocked") ? "blocked" : values.includes("unknown") ? "unknown" : "patchable";
  return { name: "web", urn: "urn:web", operatingSystem, verdict, patchedBy: [], hops: all, seen };
}

const said = (one: FleetOutput) => contradictionsOf([one]).map(({ because, next }) => `${because}. ${next}`);

describe("the verdicts compared with what Systems Manager reports", () => {
  for (const [title, one, expected] of [
    ["an open path, and all instances online", fleet({}, healthy), []],
    ["a blocked repository, and nothing compliant", fleet({ repository: "blocked" }, lost), []],
    [
      "a blocked repository, and compliant",
      fleet({ repository: "blocked" }, healthy),
      [
        "Systems Manager reports 2 of 2 instances as compliant, and `repository` is blocked: why repository. Apply the fix of `repository`, and install patches again.",
      ],
    ],
    [
      "an open path, and one instance not online",
      fleet({}, lost),
      [
        "1 of 2 running instances are not online (last seen 2026-11-20T08:00:00.000Z), and the path to Systems Manager is open. The cause is inside the instance, or in what this model does not see; run `aws ssm start-automation-execution --document-name AWSSupport-TroubleshootManagedInstance --parameters InstanceId=INSTANCE`.",
      ],
    ],
    [
      "Windows, an open path, and one never seen",
      fleet({}, { ...healthy, online: 1, compliant: 0, assessed: 0 }, "windows-server-2022"),
      [
        "1 of 2 running instances are not online (never seen), and the path to Systems Manager is open. The cause is inside the instance, or in what this model does not see; run `aws ssm start-automation-execution --document-name AWSSupport-TroubleshootManagedInstance --parameters InstanceId=INSTANCE`, and then `aws ssm start-automation-execution --document-name AWSSupport-TroubleshootWindowsUpdate --parameters InstanceId=INSTANCE`.",
      ],
    ],
    ["an unknown path, and one instance not online", fleet({ identity: "unknown" }, lost), []],
    ["a stopped instance", fleet({}, { ...healthy, running: 1, online: 1 }), []],
    [
      "online, and the control plane blocked",
      fleet({ "control-plane": "blocked" }, { ...healthy, compliant: 0, assessed: 0 }),
      [
        "2 of 2 running instances are online, and the path is blocked at control-plane: why control-plane. This is an error of Patchpath, or a path that it does not see; report it at https://github.com/patchpath/patchpath/issues with this sentence, without names and ids.",
      ],
    ],
    [
      "online, and security groups that deny only S3",
      fleet({ "security-groups": "blocked" }, { ...healthy, compliant: 0, assessed: 0 }),
      [],
    ],
  ] as const) {
    it(title, () => {
      deepStrictEqual(said(one), [...expected]);
    });
  }

  it("puts silent success first", () => {
    const all = [fleet({ identity: "blocked" }, healthy), fleet({}, lost), fleet({ repository: "blocked" }, healthy)];
    deepStrictEqual(
      contradictionsOf(all).map(({ kind }) => kind),
      ["compliant-without-repository", "open-and-not-online", "online-and-blocked"],
    );
  });
});

describe("what changed since an earlier audit", () => {
  const other = { ...fleet({}, healthy), urn: "urn:other", name: "other" };
  it("is what broke, healed, became unknown, appeared and disappeared", () => {
    const before = [fleet({ dns: "blocked", agent: "unknown" }, healthy), other];
    const now = [
      fleet({ repository: "blocked", identity: "unknown" }, healthy),
      { ...other, urn: "urn:new", name: "new" },
    ];
    deepStrictEqual(
      changesSince(before, now).map(({ name, hop, is, because }) => `${is} ${hop} of ${name}: ${because}`),
      [
        "broke repository of web: open before, blocked now: why repository",
        "healed agent of web: unknown before, open now: why agent",
        "healed dns of web: blocked before, open now: why dns",
        "changed identity of web: open before, unknown now: why identity",
        "appeared fleet of new: patchable",
        "disappeared fleet of other: it was patchable",
      ],
    );
  });

  it("is nothing in the same account", () => {
    deepStrictEqual(changesSince([other], [other]), []);
  });
});
