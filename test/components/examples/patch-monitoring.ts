import { PatchMonitoring } from "@patchpath/components";

new PatchMonitoring("web", {
  region: "eu-west-1",
  patchGroup: "web",
  instances: 2,
  windowIds: ["mw-0123456789abcdef0"],
  documents: [],
  baselineIds: [],
  repositoryCheck: true,
  staleDays: 35,
  emails: ["operations@example.com"],
  dashboard: true,
});
