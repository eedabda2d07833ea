import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { Installation, isWhole } from "./installation";

/** The installation takes a minute: `npm run test:all`. */
if (isWhole) {
  describe("@patchpath/audit, installed from its tarball in an empty folder", () => {
    const user = new Installation();
    before(() => user.install(["policypack", "audit"]));
    after(() => {
      user.remove();
    });

    it("prints the policy of its calls", async () => {
      const { code, output } = await user.run("npx", "patchpath", "audit", "--print-policy");
      strictEqual(code, 0, output);
      const { Statement } = JSON.parse(output) as { Statement: { Action: string[] }[] };
      ok(Statement[0]!.Action.length > 40);
    });

    it("exits with one sentence if nothing answers", async () => {
      const options = ["--region", "eu-west-1", "--endpoint-url", "http://127.0.0.1:9"];
      const { code, output } = await user.run("npx", "patchpath", "audit", ...options);
      strictEqual(code, 2, output);
      match(
        output,
        /^patchpath: (AWS credentials cannot be loaded|the endpoint of AWS STS in eu-west-1 cannot be reached)[^\n]+\n$/,
      );
    });

    it("contains its documents", () => {
      deepStrictEqual(
        ["README.md", "LICENSE", "CHANGELOG.md"].filter(
          (name) => user.read("node_modules", "@patchpath", "audit", name) === "",
        ),
        [],
      );
    });
  });
}
