"use strict";
// Somebody else's policy pack: it refuses every instance.
const { PolicyPack } = require("@pulumi/policy");

new PolicyPack("no-instances", {
  policies: [
    {
      name: "no-instances",
      description: "No instances.",
      enforcementLevel: "mandatory",
      validateResource: ({ type }, report) => {
        if (type === "aws:ec2/instance:Instance") report("No instances here.");
      },
    },
  ],
});
