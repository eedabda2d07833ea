// `npm run mutate`: changes policypack/iam/ in one small way after the other, and asks whether a test notices.

// All the random documents that `npm test` looks at would take hours. Stryker's workers inherit the environment.
process.env.PATCHPATH_RANDOM_DOCUMENTS = "50";

/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  mutate: ["policypack/iam/**/*.ts"],
  testRunner: "mocha",
  mochaOptions: {
    // The emulator starts only for what no other test notices.
    spec: ["test/policypack/iam/**/!(moto).test.ts", "test/policypack/iam/moto.test.ts"],
    require: ["./scripts/typescript.js", "./scripts/fixed-seed.js"],
  },
  coverageAnalysis: "perTest",
  concurrency: 2,
  timeoutMS: 20_000, // on a busy machine a slow answer is not an endless loop
  reporters: ["progress", "clear-text", "html"],
};
