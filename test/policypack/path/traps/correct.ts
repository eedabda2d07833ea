import { endpointOnly, endpointsAndNat, nat, natAndGateway } from "./bases";
import type { Trap } from "./trap";

/** The stacks that all others are a change of. */
export const correct: readonly Trap[] = [
  { title: "endpoints only", why: "every hop is served by an endpoint", resources: endpointOnly },
  { title: "a NAT gateway and no endpoint", why: "Amazon Linux's repositories are public", resources: nat },
  { title: "a NAT gateway and the S3 gateway endpoint", why: "its policy admits all reads", resources: natAndGateway },
  { title: "endpoints and a NAT gateway", why: "both serve", resources: endpointsAndNat },
];
