import { AttachedFleet } from "@patchpath/components";

new AttachedFleet("legacy", {
  target: { key: "Environment", value: "prod" },
  operatingSystem: "amazon-linux-2023",
});
