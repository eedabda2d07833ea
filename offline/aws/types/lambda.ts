import { pattern } from "./checks";
import { type TypeRow, arn, constant, idFromInput } from "./row";

export const lambda: Readonly<Record<string, TypeRow>> = {
  "aws:lambda/function:Function": {
    id: idFromInput("name"),
    computed: {
      arn: arn("lambda", (c) => `function:${c.text("name")}`),
      invokeArn: arn("lambda", (c) => `function:${c.text("name")}/invocations`),
      qualifiedArn: arn("lambda", (c) => `function:${c.text("name")}:$LATEST`),
      version: constant("$LATEST"),
      lastModified: constant("2026-11-21T00:00:00.000+0000"),
      sourceCodeHash: constant(""),
      codeSha256: constant(""),
      sourceCodeSize: constant(0),
      architectures: constant(["x86_64"]),
    },
    autoname: { input: "name", maxLength: 64 },
    defaults: {
      memorySize: 128,
      packageType: "Zip",
      publish: false,
      reservedConcurrentExecutions: -1,
      skipDestroy: false,
      timeout: 3,
    },
    replaceOn: ["name", "packageType"],
    checks: [pattern("role", /^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/, "the ARN of a role")],
  },
  "aws:lambda/permission:Permission": {
    id: ({ hex }) => `terraform-${hex(26)}`,
    computed: { statementId: ({ id }) => id, statementIdPrefix: constant("") },
    replaceOn: ["action", "function", "principal", "qualifier", "sourceAccount", "sourceArn", "statementId"],
  },
};
