import * as pulumi from "@pulumi/pulumi";
import { wsusPorts } from "patchpath/facts";

/** How clients call a WSUS server. */
export type WsusProtocol = "http" | "https";

/** A WSUS server as its clients see it: one of ours, or one that exists already. */
export interface WsusServerLike {
  /** DNS name, or address, by which the clients call it. */
  readonly address: pulumi.Input<string>;
  /** `https` at port 8531, with the update files at 8530; or `http` at 8530. Plain, since the ports follow from it. */
  readonly protocol: WsusProtocol;
  /** The group that is opened to the clients. */
  readonly securityGroupId: pulumi.Input<string>;
  /**
   * Name of the SSM parameter with the certificate that clients are to trust.
   *
   * @default - none: they trust the server's authority already, or it speaks HTTP
   */
  readonly certificateParameter?: pulumi.Input<string> | undefined;
}

/** The ports by which clients call a server: that of its protocol, and with TLS the one of the update files. */
export function portsOf({ protocol }: WsusServerLike): readonly number[] {
  return protocol === "https" ? [wsusPorts.https, wsusPorts.http] : [wsusPorts.http];
}

/** Where clients call a server: its scheme, address and port. */
export function urlOf({ address, protocol }: WsusServerLike): pulumi.Output<string> {
  return pulumi.interpolate`${protocol}://${address}:${wsusPorts[protocol]}`;
}
