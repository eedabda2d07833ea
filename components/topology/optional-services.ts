import type { EndpointService } from "patchpath/facts";
import type { PatchOutput } from "../patching/method";
import { type SessionSettings, sessionServices } from "../sessions/session-settings";

/** The settings that ask for an interface endpoint beside those that the agent needs. */
export interface EndpointAskers {
  /** By name. */
  readonly asked: readonly EndpointService[];
  readonly sessions: Pick<SessionSettings, "logGroup" | "encrypted"> | undefined;
  readonly output: Pick<PatchOutput, "cloudWatch"> | undefined;
}

/** The services whose endpoints are asked for, each once. */
export function optionalServices({ asked, sessions, output }: EndpointAskers): EndpointService[] {
  return [
    ...new Set([
      ...asked,
      ...(sessions ? sessionServices(sessions) : []),
      ...(output?.cloudWatch ? (["logs"] as const) : []),
    ]),
  ];
}
