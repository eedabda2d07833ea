import { WsusAlarms } from "@patchpath/components";
import type { ComponentResourceOptions } from "@pulumi/pulumi";

export function example(opts: ComponentResourceOptions) {
  return new WsusAlarms(
    "wsus-alarms",
    { server: "wsus", actions: ["arn:aws:sns:eu-west-1:123456789012:operators"] },
    opts,
  );
}
