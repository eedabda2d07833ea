import { deepStrictEqual, doesNotMatch, match, notStrictEqual, strictEqual } from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { OfflineStack } from "./offline-stack";

/** What no test of the product builds on, and what those of the product or of ../offline show too: a preview, a change, a second up. */
const isWhole = Boolean(process.env["PATCHPATH_WHOLE_MATRICES"]);

/**
 * The life of a stack on the real engine with the stand-in AWS. It does not prove that AWS would do the same: the
 * behavior of the stand-in has its own tests, row by row.
 */
describe("the offline AWS", () => {
  describe("over the life of a stack", () => {
    const stack = new OfflineStack("network");
    after(() => {
      stack.remove();
    });

    if (isWhole) {
      it("previews without creating anything", async () => {
        const preview = await stack.preview();
        strictEqual(preview.code, 0, preview.output);
        match(preview.output, /\+ 4 to create/);
        match(preview.output, /vpcId {4}: \[unknown\]/);
        deepStrictEqual(await stack.resources(), {});
      });
    }

    it("creates the resources, with ids like those of AWS", async () => {
      const up = await stack.up();
      strictEqual(up.code, 0, up.output);
      const { vpc, subnet, token } = await stack.resources();
      match(vpc?.id ?? "", /^vpc-[0-9a-f]{17}$/);
      match(token?.id ?? "", /^token-[0-9a-f]{7}$/);
      strictEqual(subnet?.inputs?.["vpcId"], vpc?.id);
    });

    it("keeps a secret out of the state and out of what it prints", async () => {
      const exported = await stack.run(["stack", "export", "--stack", "test"]);
      deepStrictEqual(JSON.parse(exported.stdout), JSON.parse(readFileSync(stack.export(), "utf8")));
      match(exported.stdout, /"ciphertext"/);
      doesNotMatch(exported.stdout, /hush-hush/);
      const shown = await stack.run(["stack", "export", "--show-secrets", "--stack", "test"]);
      match(shown.stdout, /hush-hush/);
    });

    it("leaves the config file as the user wrote it", () => {
      strictEqual(
        readFileSync(join(stack.program, "Pulumi.test.yaml"), "utf8"),
        "config:\n  aws:region: ap-northeast-1\n",
      );
    });

    if (isWhole) {
      it("changes a tag in place and an address block by replacement", async () => {
        const before = (await stack.resources())["vpc"];
        stack.configure({ "network:stage": "second" });
        const inPlace = await stack.up();
        match(inPlace.output, /~ 1 updated/);
        strictEqual((await stack.resources())["vpc"]?.id, before?.id);

        stack.configure({ "network:cidrBlock": "10.1.0.0/16", "network:subnetCidrBlock": "10.1.1.0/24" });
        const replaced = await stack.up();
        match(replaced.output, /\+-2 replaced/);
        notStrictEqual((await stack.resources())["vpc"]?.id, before?.id);
      });

      it("changes nothing in a second up", async () => {
        const up = await stack.run(["up", "--yes", "--stack", "test", "--expect-no-changes"]);
        strictEqual(up.code, 0, up.output);
        match(up.output, /4 unchanged/);
      });

      it("refreshes to the same state", async () => {
        const refresh = await stack.run(["refresh", "--yes", "--stack", "test", "--expect-no-changes"]);
        strictEqual(refresh.code, 0, refresh.output);
      });

      it("exports a state that can be imported again", async () => {
        const file = join(stack.folder, "state.json");
        const before = await stack.run(["stack", "export", "--stack", "test"]);
        writeFileSync(file, before.stdout);
        const imported = await stack.run(["stack", "import", "--file", file, "--stack", "test"]);
        strictEqual(imported.code, 0, imported.output);
        const after = await stack.run(["preview", "--stack", "test", "--expect-no-changes"]);
        strictEqual(after.code, 0, after.output);
      });
    }

    it("rejects what AWS would reject, with the resource and the input", async () => {
      stack.configure({ "network:cidrBlock": "10.1.0.0/16", "network:subnetCidrBlock": "10.9.1.0/24" });
      const up = await stack.up();
      notStrictEqual(up.code, 0);
      match(up.output, /aws:ec2:Subnet \(subnet\)/);
      match(up.output, /10\.9\.1\.0\/24 is outside 10\.1\.0\.0\/16 of vpc-[0-9a-f]+ \(InvalidSubnet\.Range\)/);
    });

    it("destroys everything", async () => {
      const destroy = await stack.destroy();
      strictEqual(destroy.code, 0, destroy.output);
      deepStrictEqual(await stack.resources(), {});
    });
  });

  describe("if AWS fails in the middle of an up", () => {
    const stack = new OfflineStack("network");
    after(() => {
      stack.remove();
    });

    it("stops with the error of AWS, keeps what was created, and finishes with the next up", async () => {
      const failed = await stack.run(["up", "--yes", "--skip-preview", "--stack", "test"], {
        PATCHPATH_FAULT: "create *::subnet InternalError: the subnet could not be created",
      });
      notStrictEqual(failed.code, 0);
      match(failed.output, /InternalError: the subnet could not be created/);
      const made = await stack.resources();
      deepStrictEqual(Object.keys(made).sort(), ["token", "vpc"]);

      const next = await stack.up();
      strictEqual(next.code, 0, next.output);
      match(next.output, /\+ 1 created/);
      strictEqual((await stack.resources())["vpc"]?.id, made["vpc"]?.id);
    });
  });
});
