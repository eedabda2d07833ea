export * from "./context";
export * from "./decide";
export * from "./document";
export * from "./explanation";
export * from "./judge";
export * from "./objects";
export * from "./parse";
