"use strict";
// The default reporter of mocha, with a last line of totals.
const { reporters, Runner } = require("mocha");

module.exports = class extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures } = this.stats; // no test is skipped: .mocharc.json forbids it
      console.log(`${passes} passed, ${failures} failed`);
    });
  }
};
