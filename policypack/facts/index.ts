import { refuseStaleBuild } from "../freshness";

refuseStaleBuild();

export * from "./agents";
export * from "./buckets";
export * from "./condition-keys";
export * from "./endpoints";
export * from "./images";
export * from "./instance-core";
export * from "./managed-policies";
export * from "./patch-filters";
export * from "./prices";
export * from "./quick-setup";
export * from "./regions";
export * from "./repositories";
export * from "./systems";
