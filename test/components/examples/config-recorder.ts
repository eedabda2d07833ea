import { ConfigRecorder } from "@patchpath/components";
import type { ComponentResourceOptions } from "@pulumi/pulumi";

export function example(opts: ComponentResourceOptions) {
  return new ConfigRecorder("config", { region: "eu-west-1", accountId: "123456789012" }, opts);
}
