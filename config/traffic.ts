import { z } from "zod";

const gigabytes = (through: string) =>
  z.number().min(0).default(0).describe(`gigabytes in a month through ${through}, for the price`);

/** `patchpath:traffic`. None is counted unless given: stacks differ too much. */
export const traffic = z
  .strictObject({ natGateway: gigabytes("NAT gateways"), interfaceEndpoints: gigabytes("interface endpoints") })
  .prefault({});
export type Traffic = z.output<typeof traffic>;
