import { deepStrictEqual, doesNotMatch, match, ok } from "node:assert/strict";
import { rules } from "../../../policypack/rules";
import { findingsOf } from "./analyze";
import { json } from "./examples";
import { patchedStack, changed } from "./network";

const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

/** The engine passes secrets in plain text: they are evaluated, and no finding contains a part of them. */
describe("a policy that is a secret, in the pack", () => {
  const statement = {
    Sid: "Hunter2",
    Effect: "Allow",
    Principal: "*",
    Action: ["s3:GetObject", "s3:Hunter2"],
    Resource: ["arn:aws:s3:::hunter2/*"],
    Condition: { StringEquals: { "aws:PrincipalOrgID": "o-hunter2" } },
  };
  const findings = async (policy: unknown, ofFleet: object = {}) => {
    const stack = patchedStack({ ...changed("s3", { policy }), ...changed("web", ofFleet) });
    return (await Promise.all(rules.map(async (rule) => findingsOf(rule, stack)))).flat();
  };
  const texts = async (policy: unknown) => (await findings(policy)).map(({ message }) => message).join("\n");

  for (const [what, document] of [
    ["that denies the reads", json(statement)],
    ["that denies them with a Deny", json({ ...statement, Effect: "Deny", Condition: undefined, Resource: "*" })],
    ["that is not valid", json({ ...statement, Effekt: "hunter2" })],
    ["that is not JSON", "hunter2"],
    ["with a condition that cannot be decided", json({ ...statement, Resource: "*", Action: "*" })],
  ] as const) {
    it(`${what} is evaluated like one in plain text, and not shown`, async () => {
      const shown = await findings(document);
      const kept = await findings(secret(document));
      const kinds = (all: typeof shown) => all.map(({ resource, level }) => `${resource} ${level}`).sort();
      deepStrictEqual(kinds(kept), kinds(shown));
      doesNotMatch(kept.map(({ message }) => message).join("\n"), /hunter2|effekt/i);
    });
  }

  it("that denies only what user data reads is not shown either", async () => {
    const live = "arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/kernel-livepatch/*";
    const denial = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: live };
    const policy = json({ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }, { Sid: "Hunter2", ...denial });
    const messages = async (document: unknown) =>
      (await findings(document, { userData: "#!/bin/sh\ndnf install -y kpatch-dnf\n" }))
        .map(({ message }) => message)
        .join("\n");
    match(await messages(policy), /Hunter2/);
    match(await messages(secret(policy)), /Statement\[1\] denies s3:GetObject on `\[secret\]`/);
    doesNotMatch(await messages(secret(policy)), /hunter2/i);
  });

  it("is reported with the index of its statement", async () => {
    match(
      await texts(secret(json(statement))),
      /Statement\[0\] applies to `\[secret\]`|Statement\[0\] requires `\[secret\]`/,
    );
    ok((await texts(json(statement))).includes("Hunter2"));
  });

  it("opens the path if it allows the reads", async () => {
    const open = patchedStack().find(({ name }) => name === "s3")!.props["policy"];
    deepStrictEqual(await texts(secret(open)), await texts(open));
  });
});
