import { PatchBaseline, PatchPolicy } from "@patchpath/components";

const baseline = new PatchBaseline("web-amazon-linux-2023", {
  operatingSystem: "AMAZON_LINUX_2023",
  rules: [
    { filters: { CLASSIFICATION: ["Security"] }, approveAfterDays: 3, complianceLevel: "HIGH", nonSecurity: false },
  ],
  approvedPatches: [],
  approvedPatchesComplianceLevel: "UNSPECIFIED",
  approvedPatchesNonSecurity: false,
  rejectedPatches: [],
  rejectedPatchesAction: "ALLOW_AS_DEPENDENCY",
  sources: [],
  default: false,
  patchGroup: "web",
  byPatchGroup: false,
});
new PatchPolicy("sunday", {
  region: "eu-west-1",
  patchGroup: "web",
  operation: "Install",
  schedule: "cron(0 18 ? * SUN *)",
  scanSchedule: "cron(0 4 * * ? *)",
  baselines: { AMAZON_LINUX_2023: { id: baseline.baselineId, name: baseline.baselineName } },
});
