import { QuickSetupRoles } from "@patchpath/components";

new QuickSetupRoles("roles", { region: "eu-west-1", configuration: "patch-policy" });
