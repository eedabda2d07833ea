import { WsusAlarms } from "@patchpath/components";

new WsusAlarms("wsus-alarms", { server: "wsus", actions: ["arn:aws:sns:eu-west-1:123456789012:operators"] });
