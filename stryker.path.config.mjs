// `npm run mutate:path`: the same for policypack/path/ and policypack/stack/, by the traps and what is said about them.
import iam from "./stryker.config.mjs";

/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  ...iam,
  mutate: ["policypack/path/**/*.ts", "policypack/stack/**/*.ts"],
  mochaOptions: {
    ...iam.mochaOptions,
    // The traps first: they notice most, each in milliseconds. Mocha takes a pattern with braces alone for a file's name.
    spec: [
      "test/policypack/path/traps.test.ts",
      "test/policypack/{path,stack}/!(traps|told|secrets).test.ts",
      "test/policypack/rules/!(fuzz).test.ts",
      "test/policypack/sources/@(context-file|estate).test.ts",
      "test/policypack/report/@(roles-report|cost-report|path-reports|preview-report).test.ts",
      "test/policypack/path/told.test.ts",
    ],
  },
  // What is computed when a module is loaded would need all tests and a new process for each change: hours.
  ignoreStatic: true,
};
