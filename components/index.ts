export * from "./endpoints/patch-endpoints";
export * from "./fleet/fleet";
export * from "./fleet/instance-role";
export * from "./network/private-network";
export * from "./network/subnet-layout";
export * from "./patching/patch-window";
export * from "./patching/schedule";
export * from "./topology/endpoint-only";
