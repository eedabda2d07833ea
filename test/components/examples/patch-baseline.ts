import { PatchBaseline } from "@patchpath/components";

new PatchBaseline("web-amazon-linux-2023", {
  operatingSystem: "AMAZON_LINUX_2023",
  rules: [
    {
      filters: { CLASSIFICATION: ["Security"], SEVERITY: ["Critical", "Important"] },
      approveAfterDays: 3,
      complianceLevel: "CRITICAL",
      nonSecurity: false,
    },
  ],
  approvedPatches: [],
  approvedPatchesComplianceLevel: "UNSPECIFIED",
  approvedPatchesNonSecurity: false,
  rejectedPatches: ["httpd*"],
  rejectedPatchesAction: "BLOCK",
  sources: [],
  default: false,
  patchGroup: "web",
  byPatchGroup: true,
});
