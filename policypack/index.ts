import { type Policies, PolicyPack } from "@pulumi/policy";
import { refuseStaleBuild } from "./freshness";
import { rules } from "./rules";
import { standBeforeTheSdk } from "./service";

refuseStaleBuild();
standBeforeTheSdk();

new PolicyPack("patchpath", {
  displayName: "Patchpath",
  description: "Rejects stacks whose instances in private subnets would not be patched.",
  provider: "aws",
  repository: "https://github.com/patchpath/patchpath",
  policies: rules as Policies,
});
