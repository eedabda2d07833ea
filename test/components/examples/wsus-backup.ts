import { WsusBackup } from "@patchpath/components";
import type { ComponentResourceOptions } from "@pulumi/pulumi";

export function example(opts: ComponentResourceOptions) {
  return new WsusBackup("wsus-backup", { region: "eu-west-1", server: "wsus", retain: 7 }, opts);
}
