import { HostManagement } from "@patchpath/components";

new HostManagement("hosts", {
  region: "eu-west-1",
  patchGroup: "web",
  targets: { organizationalUnits: ["ou-ab12-c3d4e5f6"], regions: ["eu-west-1", "eu-central-1"] },
});
