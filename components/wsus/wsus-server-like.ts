import * as pulumi from "@pulumi/pulumi";
import { wsusPorts } from "patchpath/facts";

/** The protocol between clients and a WSUS server. */
export type WsusProtocol = "http" | "https";

/** A WSUS server for its clients: a `WsusServer`, or an existing server. */
export interface WsusServerLike {
  /** DNS name or IP address for the clients. */
  readonly address: pulumi.Input<string>;
  /** `https` on port 8531, with update files on 8530; or `http` on 8530. Plain, since the ports depend on it. */
  readonly protocol: WsusProtocol;
  /** Security group of the server, which is opened to the clients. */
  readonly securityGroupId: pulumi.Input<string>;
  /**
   * Name of the SSM parameter with the certificate that clients trust.
   *
   * @default - none: they trust the authority of the server already, or the protocol is `http`
   */
  readonly certificateParameter?: pulumi.Input<string> | undefined;
}

/** The ports of a server: the one of its protocol, and with TLS also the one for update files. */
export function portsOf({ protocol }: WsusServerLike): readonly number[] {
  return protocol === "https" ? [wsusPorts.https, wsusPorts.http] : [wsusPorts.http];
}

/** The URL of a server. */
export function urlOf({ address, protocol }: WsusServerLike): pulumi.Output<string> {
  return pulumi.interpolate`${protocol}://${address}:${wsusPorts[protocol]}`;
}
