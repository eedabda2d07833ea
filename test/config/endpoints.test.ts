import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { type WrongConfig, problemsOf } from "./problems";

const statements = (...all: object[]) => ({ "patchpath:endpointPolicy": { statements: all } });
const denyAll = { Sid: "DenyAll", Effect: "Deny", Principal: "*", Action: "*", Resource: "*" };

describe("the config of endpoints", () => {
  const wrong: readonly WrongConfig[] = [
    [
      "no interface endpoints where the agent has no other way",
      { "patchpath:endpoints": { interface: false } },
      [
        "`patchpath:endpoints.interface` is `false`; expected `true` with the topology `endpoint-only`, where the agent has no other way to Systems Manager",
      ],
    ],
    [
      "an unknown boundary",
      { "patchpath:endpointPolicy": { trustBoundary: "galaxy" } },
      [
        "`patchpath:endpointPolicy.trustBoundary` is `galaxy`; expected one of `account`, `organization`, `vpc`, `none`",
      ],
    ],
    [
      "an organization that nothing asks for",
      { "patchpath:endpointPolicy": { organizationId: "o-a1b2c3d4e5" } },
      ["`patchpath:endpointPolicy.organizationId` has no effect; expected with `trustBoundary` `organization` only"],
    ],
    [
      "a statement without an effect",
      statements({ Action: "*" }),
      ['`patchpath:endpointPolicy.statements[0]` is `{"Action":"*"}`; expected a policy statement with `Effect`'],
    ],
  ];
  for (const [name, values, problems] of wrong) {
    it(`refuses ${name}`, () => {
      deepStrictEqual(problemsOf(values), problems);
    });
  }

  it("refuses statements that shut out what patching reads, and says which and by what", () => {
    const problems = problemsOf(statements(denyAll));
    strictEqual(problems.length, 4);
    match(problems[0]!, /^`patchpath:endpointPolicy\.statements` shut out the unsigned reads of amazon-linux-2: /);
    match(problems[0]!, /`?statements\[0\] \(DenyAll\)/);
  });

  it("refuses a statement that AWS would, by its place in the config", () => {
    const [problem = ""] = problemsOf(statements({ ...denyAll, Effect: "Allow", Acton: "*" }));
    match(problem, /^`patchpath:endpointPolicy\.statements\[0\]\.Acton` /);
  });

  it("refuses statements that make the policy larger than AWS takes", () => {
    const Resource = Array.from({ length: 1000 }, (_, i) => `arn:aws:s3:::my-bucket-number-${i}/*`);
    const [problem = ""] = problemsOf(statements({ ...denyAll, Effect: "Allow", Resource }));
    match(
      problem,
      /^`patchpath:endpointPolicy\.statements` make a policy of \d{5} characters; expected at most 20480$/,
    );
  });

  it("takes statements that leave what patching reads alone", () => {
    const own = { ...denyAll, Sid: "DenyMine", Resource: "arn:aws:s3:::my-bucket/*" };
    deepStrictEqual(problemsOf(statements(own)), []);
  });
});
