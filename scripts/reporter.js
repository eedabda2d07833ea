"use strict";
// mocha's own report, closed by the one line that tells how it went.
const { reporters, Runner } = require("mocha");

module.exports = class extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures } = this.stats; // nothing is skipped: .mocharc.json forbids it
      console.log(`${passes} passed, ${failures} failed`);
    });
  }
};
