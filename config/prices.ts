import { type PriceSettings, dividedServices, optionalServicesFor, wsusRootVolumeGiB } from "@patchpath/components";
import type { EndpointService, Region } from "patchpath/facts";
import { type Endpoints, askedServices } from "./endpoints";
import { type Network, isExistingNetwork } from "./network";
import type { Patching } from "./patching";
import type { Sessions } from "./sessions";
import type { Traffic } from "./traffic";
import type { Wsus } from "./wsus";

/** What prices depend on. */
interface Priced {
  readonly region: Region;
  readonly network: Network;
  readonly endpoints: Endpoints;
  readonly sessions: Sessions;
  readonly patching: Patching;
  readonly wsus: Wsus;
  readonly traffic: Traffic;
}

/** The services that require an interface endpoint in addition to the agent's own. */
export function servicesOf({ endpoints, sessions, patching }: Omit<Priced, "region">): EndpointService[] {
  return optionalServicesFor({ requested: askedServices(endpoints), sessions, output: patching.output });
}

/** What the price of a stack depends on. What an existing network already has is not known yet, and counts as created. */
export function priceSettings({ region, ...config }: Priced): PriceSettings {
  const { network, endpoints, wsus, traffic } = config;
  const isExisting = isExistingNetwork(network);
  return {
    region,
    zones: isExisting ? network.subnetIds.length : network.availabilityZones,
    natGateways: isExisting ? "none" : network.natGateways,
    interfaceEndpoints: endpoints.interface ? dividedServices(servicesOf(config), endpoints.central).own.length : 0,
    gigabytesPerMonth: traffic,
    wsusServer: wsus.existing
      ? undefined
      : { instanceType: wsus.instanceType, volumeGiB: wsus.contentGiB + wsusRootVolumeGiB },
  };
}
