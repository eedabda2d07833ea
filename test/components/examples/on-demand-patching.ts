import { OnDemandPatching } from "@patchpath/components";
import type { ComponentResourceOptions } from "@pulumi/pulumi";

export function example(opts: ComponentResourceOptions) {
  return new OnDemandPatching("web", { region: "eu-west-1", patchGroup: "web", rebootOption: "NoReboot" }, opts);
}
