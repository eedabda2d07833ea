import type { EndpointService } from "patchpath/facts";
import type { PatchOutput } from "../patching/method";
import { type SessionSettings, sessionServices } from "../sessions/session-settings";

/** Settings that require interface endpoints in addition to those for the agent. */
export interface EndpointNeeds {
  /** Services that are listed explicitly. */
  readonly requested: readonly EndpointService[];
  readonly sessions: Pick<SessionSettings, "logGroup" | "encrypted"> | undefined;
  readonly output: Pick<PatchOutput, "cloudWatch"> | undefined;
}

/** The services that require an endpoint, without duplicates. */
export function optionalServicesFor({ requested, sessions, output }: EndpointNeeds): EndpointService[] {
  return [
    ...new Set([
      ...requested,
      ...(sessions ? sessionServices(sessions) : []),
      ...(output?.cloudWatch ? (["logs"] as const) : []),
    ]),
  ];
}
