import { z } from "zod";

const gigabytes = (through: string) =>
  z.number().min(0).default(0).describe(`gigabytes per month through ${through}, for the estimated cost`);

/** `patchpath:traffic`. None is counted unless given: stacks differ too much. */
export const traffic = z
  .strictObject({ natGateway: gigabytes("NAT gateways"), interfaceEndpoints: gigabytes("interface endpoints") })
  .prefault({});
export type Traffic = z.output<typeof traffic>;
