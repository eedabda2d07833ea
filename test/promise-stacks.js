"use strict";
// The SDK keeps the stack of each of its promises, for a report on those that never end, and tells the engine where in
// the program each resource is. With source maps these stacks take a fifth of a program's time, and two thirds of a test's
// with mocks, since mocha wants stacks whole. So tests go without, and so do the programs that they start (`node --require`).
const { createRequire } = require("node:module");

function leaveOut(debuggable, { Resource }) {
  Resource.callsites = () => [];
  const { debuggablePromise } = debuggable;
  debuggable.debuggablePromise = (promise, context) => {
    if (!isProgram) return promise; // nothing reports on the promises of mocks, which would only be kept
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      return debuggablePromise(promise, context);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  };
}

/** A program has its own copy of the SDK: the one whose runner is started. */
const isProgram = /[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]run[\\/]/.test(process.argv[1] ?? "");
if (isProgram) {
  const ofSdk = createRequire(process.argv[1]);
  leaveOut(ofSdk("../../runtime/debuggable"), ofSdk("../../resource"));
}
module.exports = { leaveOut };
