import { doesNotMatch, match, notStrictEqual, strictEqual } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { OfflineStack, policyPack } from "./offline-stack";

// Ten runs of the engine: in `npm test`, context.test.ts analyzes states with the engine, with the same findings.
if (process.env["PATCHPATH_WHOLE_MATRICES"]) {
  describe("previews of a policy pack with context", () => {
    const network = new OfflineStack("estate");
    const workload = new OfflineStack("estate");
    writeFileSync(join(workload.program, "Pulumi.yaml"), "name: payments\nruntime: nodejs\n");
    after(() => {
      network.remove();
      workload.remove();
    });

    const deployed = async (stack: OfflineStack, config: Readonly<Record<string, unknown>>, name: string) => {
      stack.configure(config);
      const up = await stack.up();
      strictEqual(up.code, 0, up.output);
      const file = join(stack.folder, name);
      writeFileSync(file, (await stack.run(["stack", "export", "--stack", "test"])).stdout);
      return file;
    };
    const preview = (stack: OfflineStack, context: readonly string[], levels: object = {}) => {
      const levelsFile = join(stack.folder, "levels.json");
      writeFileSync(levelsFile, JSON.stringify(levels));
      const pack = ["--policy-pack", policyPack, "--policy-pack-config", levelsFile];
      const environment = context.length > 0 ? { PATCHPATH_CONTEXT: context.join(delimiter) } : {};
      return stack.run(["preview", "--stack", "test", ...pack], environment);
    };
    const decided = { "patch-path-is-decided": "mandatory" };
    let [closed, open, payments] = ["", "", ""];
    let where: Readonly<Record<string, unknown>> = {};

    before(async () => {
      closed = await deployed(network, { "estate:closes": "policy" }, "closed.json");
      open = await deployed(network, {}, "open.json");
      const { code, stdout } = await network.run(["stack", "output", "outputs", "--json", "--stack", "test"]);
      strictEqual(code, 0, stdout);
      const { subnetId, groupId } = JSON.parse(stdout) as Readonly<Record<string, string>>;
      where = { "estate:subnetId": subnetId, "estate:groupId": groupId };
      workload.configure(where);
    });

    it("pass a workload that is decided only with its network", async () => {
      const alone = await preview(workload, [], decided);
      notStrictEqual(alone.code, 0, alone.output);
      const { code, output } = await preview(workload, [open], decided);
      strictEqual(code, 0, output);
    });

    it("reject a workload whose network is broken, which nothing shows without it", async () => {
      const alone = await preview(workload, []);
      strictEqual(alone.code, 0, alone.output);
      const { code, output } = await preview(workload, [closed]);
      notStrictEqual(code, 0, output);
      match(output, /`web` cannot be patched, the hop `repository` is blocked/);
    });

    for (const [closes, hop, at] of [
      ["policy", "repository", "s3"],
      ["route", "control-plane", "inner"],
      ["group", "security-groups", "group"],
    ]) {
      it(`reject a change of the network's ${closes} that closes ${hop} for another stack's fleet`, async () => {
        payments ||= await deployed(workload, where, "payments.json");
        network.configure({ "estate:closes": closes });
        const { code, output } = await preview(network, [payments, open]);
        notStrictEqual(code, 0, output);
        const finding = `patch-path-is-open  \\(\\S+ ${at}\\)\\n.*\\n +\`${at}\` closes \`${hop}\``;
        match(output, new RegExp(`${finding} for 1 fleet of payments/test \\(\`web\`\\)`));
      });
    }

    it("pass the network as it is", async () => {
      network.configure({});
      const { code, output } = await preview(network, [payments, open]);
      strictEqual(code, 0, output);
      doesNotMatch(output, /closes/);
    });
  });
}
