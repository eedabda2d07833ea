import { deepStrictEqual, ok } from "node:assert/strict";
import { readAccounts } from "../../audit/src";
import { pathsOf } from "../../policypack/path/fleet-path";
import { Stack } from "../../policypack/stack/stack";
import { traps } from "../policypack/path/traps";
import { type Trap, asState } from "../policypack/path/traps/trap";
import type { ExampleResource } from "../policypack/rules/analyze";
import { LiveAccount } from "./account";
import { answersFor, decided } from "./parity";
import { programsOnly, tellsOtherwise } from "./parity-exceptions";

/** Whether an account can have the trap's stack: all of its resources exist in AWS, in the region of the others. */
function exists({ resources, region = "eu-west-1", title }: Trap): boolean {
  const isOfProgram = ({ type }: ExampleResource) => type.startsWith("aws-native:") || programsOnly.includes(type);
  // An account has the subnets of its instances.
  const isElsewhere = ({ props }: ExampleResource) => props["subnetId"] === "subnet-elsewhere";
  return (
    region === "eu-west-1" &&
    !(title in tellsOtherwise) &&
    !resources.some((one) => isOfProgram(one) || isElsewhere(one))
  );
}

const all = Object.values(traps).flat().filter(exists);
/** A sample of correct stacks and of those with a fault, from every group; `npm run test:all` tests all. */
const chosen = process.env["PATCHPATH_WHOLE_MATRICES"] ? all : all.filter((_, i) => i % 60 === 0);

/** Each trap is created in an account by API calls, and the account is read again. */
describe("an account and the state of its stack", () => {
  let account: LiveAccount;

  before(async () => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" });
    account = await LiveAccount.empty();
  });

  after(() => {
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) Reflect.deleteProperty(process.env, name);
  });

  for (const { title, resources } of chosen) {
    it(`agree: ${title}`, async () => {
      await account.reset();
      const { ids, skipped } = await account.seed(resources);
      await account.answers(answersFor(resources, ids));
      const [place] = await readAccounts({ regions: ["eu-west-1"], endpointUrl: account.url }, () => undefined);
      deepStrictEqual(place!.failures, []);
      const live = pathsOf(new Stack(place!.resources)).find(({ fleet }) => /^web( |$)/.test(fleet.name));
      const state = pathsOf(asState(resources)).find(({ fleet }) => fleet.name === "web");
      ok(live && state, `no fleet \`web\`; not created: ${skipped.join("; ")}`);
      deepStrictEqual(decided(live, state), decided(state, state), `not created: ${skipped.join("; ")}`);
    });
  }

  it("are compared on most traps, of which at least thirty break a hop", () => {
    ok(all.length > 250, `${all.length} traps`);
    ok(all.filter(({ blocks }) => blocks).length >= 30);
  });
});
