import { endpointMutations } from "./endpoints";
import { instanceMutations } from "./instance";
import type { Mutation } from "./mutation";
import { epelMutations, natMutations } from "./nat";
import { networkMutations } from "./network";
import { s3PolicyMutations } from "./s3-policy";
import { wsusClientMutations, wsusServerMutations } from "./wsus";

/** Every change that must break what the components create with endpoints only. */
export const mutations: readonly Mutation[] = [
  ...instanceMutations,
  ...endpointMutations,
  ...networkMutations,
  ...s3PolicyMutations,
];

/** Changes that must break what the other topologies create in addition, by the fleet that each breaks. */
export const mutationsOf = {
  nat: { "prod-files-group": natMutations, "prod-web-group": epelMutations },
  wsus: { "prod-files-group": wsusClientMutations, "prod-wsus-server-server": wsusServerMutations },
} as const satisfies Record<string, Readonly<Record<string, readonly Mutation[]>>>;
