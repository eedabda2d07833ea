import { WsusClients, type WsusServerLike } from "@patchpath/components";

const server: WsusServerLike = {
  address: "wsus.example.com",
  protocol: "https",
  securityGroupId: "sg-0a1b2c3d4e5f67890",
};
new WsusClients("files", {
  region: "eu-west-1",
  server,
  targets: [{ key: "tag:Team", values: ["files"] }],
  securityGroupId: "sg-0a1b2c3d4e5f67891",
});
