/**
 * What a source of resources other than states, `@patchpath/audit`, shares with the pack: the form of the resources, the
 * value that stands for what is not known, and what Systems Manager reports beside what the model concludes.
 */
export { type Region, isRegion, regions } from "../facts/regions";
export { systemOfPlatform } from "../facts/platforms";
export { patchPolicyRegions } from "../facts/quick-setup";
export { patchDocuments } from "../facts/patch-documents";
export type { StackResource } from "../stack/resource";
export { defaultHostManagementSetting } from "../facts/agents";
export { unknownText } from "../stack/special-values";
export type { ExplainOutput, FleetOutput, HopOutput } from "./path-report";
export type { AccountsToRead, Place, ReadPlace } from "./read-accounts";
export type { Change, Contradiction, Seen } from "./seen";
