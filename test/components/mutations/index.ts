import { endpointMutations } from "./endpoints";
import { instanceMutations } from "./instance";
import type { Mutation } from "./mutation";
import { networkMutations } from "./network";
import { s3PolicyMutations } from "./s3-policy";

/** Every change that must break what the components make. */
export const mutations: readonly Mutation[] = [
  ...instanceMutations,
  ...endpointMutations,
  ...networkMutations,
  ...s3PolicyMutations,
];
