import { endpointOnly, endpointsAndNat, nat, natAndGateway } from "./bases";
import type { Trap } from "./trap";

/** The base stacks that all other traps change. */
export const correct: readonly Trap[] = [
  { title: "endpoints only", why: "every hop has an endpoint", resources: endpointOnly },
  { title: "a NAT gateway and no endpoint", why: "Amazon Linux's repositories are public", resources: nat },
  {
    title: "a NAT gateway and the S3 gateway endpoint",
    why: "the endpoint's policy allows all reads",
    resources: natAndGateway,
  },
  { title: "endpoints and a NAT gateway", why: "both provide a path", resources: endpointsAndNat },
];
