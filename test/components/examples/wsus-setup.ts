import { WsusSetup } from "@patchpath/components";

new WsusSetup("wsus-setup", {
  region: "eu-west-1",
  places: {
    logGroup: "/patchpath/wsus",
    stateParameter: "/patchpath/wsus/state",
    certificateParameter: "/patchpath/wsus/certificate",
  },
  instanceId: "i-0a1b2c3d4e5f67890",
  serverName: "wsus.example.com",
  contentVolumeId: "vol-0a1b2c3d4e5f67890",
  synchronization: { systems: ["windows-server-2022"] },
  targetGroups: ["Files"],
  tls: { secretArn: undefined },
  metrics: { namespace: "Patchpath/WSUS", server: "wsus" },
});
