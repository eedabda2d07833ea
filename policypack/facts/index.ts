import { refuseStaleBuild } from "../freshness";

refuseStaleBuild();

export * from "./agents";
export * from "./buckets";
export * from "./condition-keys";
export * from "./config-rules";
export * from "./document-checks";
export * from "./endpoints";
export * from "./images";
export * from "./managed-policies";
export * from "./managed-policy-actions";
export * from "./monthly-cost";
export * from "./patch-filters";
export * from "./prices";
export * from "./quick-setup";
export * from "./regions";
export * from "./repositories";
export * from "./service-principals";
export * from "./sessions";
export * from "./systems";
export * from "./wsus";
