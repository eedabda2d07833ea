import { WsusBackup } from "@patchpath/components";

new WsusBackup("wsus-backup", { region: "eu-west-1", server: "wsus", retain: 7 });
