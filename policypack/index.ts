import { type Policies, PolicyPack } from "@pulumi/policy";
import { refuseStaleBuild } from "./freshness";
import { rules } from "./rules";
import { interceptSdk } from "./service";

refuseStaleBuild();
const isIntercepted = interceptSdk();

new PolicyPack("patchpath", {
  displayName: "Patchpath",
  description: "Rejects stacks whose instances in private subnets cannot be patched.",
  provider: "aws",
  repository: "https://github.com/patchpath/patchpath",
  policies: rules as Policies,
});

if (!isIntercepted()) {
  process.stderr.write(
    "patchpath: warning: another copy of @grpc/grpc-js serves this pack, so previews take longer and misspelled names in its config are not reported; install patchpath in a folder of its own.\n",
  );
}
