import { strictEqual } from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { explainCommand } from "../../../policypack/cli/explain-command";
import { terminalTelling } from "../cli/terminal";

describe("Terraform states that read each other", () => {
  const folder = mkdtempSync(join(tmpdir(), "patchpath-"));
  after(() => {
    rmSync(folder, { recursive: true });
  });
  /** The remarks of `explain`; the name of a stack is the path of its state. */
  const remarks = (...files: readonly string[]) => {
    const told: string[] = [];
    const terminal = terminalTelling(told);
    explainCommand(false, { state: files, format: "json" }, terminal);
    return told
      .filter((line) => !line.includes(": reading "))
      .map((line) =>
        line.replace("patchpath: ", "").replaceAll(`terraform${folder}/`, "terraform/").replaceAll(`${folder}/`, ""),
      );
  };
  const remote = (config: object, outputs: object = {}) => ({
    mode: "data",
    type: "terraform_remote_state",
    name: "other",
    provider: 'provider["terraform.io/builtin/terraform"]',
    instances: [
      {
        schema_version: 0,
        attributes: {
          backend: "s3",
          config: { value: config, type: ["object", {}] },
          outputs: { value: outputs, type: ["object", {}] },
          workspace: null,
        },
      },
    ],
  });
  const tfstate = (name: string, outputs: object, ...resources: readonly object[]) => {
    mkdirSync(join(folder, name), { recursive: true });
    const state = {
      version: 4,
      terraform_version: "1.9.8",
      serial: 1,
      lineage: name,
      outputs,
      resources,
    };
    const path = join(folder, name, "terraform.tfstate");
    writeFileSync(path, JSON.stringify(state));
    return path;
  };

  it("says that a state is older than what other states have read from it", () => {
    const source = tfstate("tf-network", { subnet_id: { value: "subnet-new", type: "string" } });
    const reader = tfstate(
      "tf-fleet",
      {},
      remote({ key: "tf-network/terraform.tfstate" }, { subnet_id: "subnet-old" }),
    );
    strictEqual(
      remarks(source, reader).join(),
      "`tf-fleet/terraform.tfstate` has read the output `subnet_id` of `terraform/tf-network`, which has another value in `tf-network/terraform.tfstate`: one of the two is older; export it again.",
    );
  });

  it("says that they read each other", () => {
    const one = tfstate("tf-one", {}, remote({ key: "tf-two/terraform.tfstate" }));
    const two = tfstate("tf-two", {}, remote({ organization: "acme", workspaces: { name: "tf-one" } }));
    strictEqual(
      remarks(one, two).join(),
      "`terraform/tf-one` reads `terraform/tf-two` reads `terraform/tf-one`: none of these stacks can be deployed first.",
    );
  });
});
