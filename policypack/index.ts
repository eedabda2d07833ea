import { PolicyPack, type Policies } from "@pulumi/policy";
import { refuseStaleBuild } from "./freshness";
import { rules } from "./rules";

refuseStaleBuild();

new PolicyPack("patchpath", {
  displayName: "Patchpath",
  description: "Rejects stacks whose instances in private subnets would not be patched.",
  provider: "aws",
  repository: "https://github.com/patchpath/patchpath",
  policies: rules as Policies,
});
