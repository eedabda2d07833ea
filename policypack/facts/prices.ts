import type { Region } from "./regions";

/** On-demand list prices of one region in US dollars, without tax. */
export interface RegionPrices {
  readonly natGatewayHour: number;
  /** Per gigabyte that a NAT gateway processes, either way; `undefined`: not in our sources. */
  readonly natGatewayGigabyte: number | undefined;
  /** Per interface endpoint and zone. */
  readonly interfaceEndpointHour: number;
  readonly gp3GigabyteMonth: number;
  /** m6i.large without the licence of a system; `undefined`: not in our sources. */
  readonly m6iLargeHour: number | undefined;
  /** Whether a second, independent source has the same prices of NAT gateway, interface endpoint and gp3. */
  readonly confirmed: boolean;
}

/** The day of the price list that {@link prices} was read from. */
export const pricesDate = "2026-09-21";

const confirmed = true;

/** A row of {@link prices}, its columns in the order of {@link RegionPrices}. */
function row(
  natGatewayHour: number,
  natGatewayGigabyte: number | undefined,
  interfaceEndpointHour: number,
  gp3GigabyteMonth: number,
  m6iLargeHour: number | undefined,
  isConfirmed = false,
): RegionPrices {
  return {
    natGatewayHour,
    natGatewayGigabyte,
    interfaceEndpointHour,
    gp3GigabyteMonth,
    m6iLargeHour,
    confirmed: isConfirmed,
  };
}

/**
 * Sources, read 2026-11-22:
 *
 * - NAT gateway and interface endpoint per hour, gp3: what `pricing:GetProducts` of AWS's Price List API answered on
 *   2026-09-21, as kept in src/zombiescan/pricing/table.json of github.com/xbill9/zombiescan;
 * - m6i.large: catalogs/v8/aws/vms.csv of github.com/skypilot-org/skypilot-catalog at 00148f2, from the same API;
 * - NAT gateway per gigabyte: only where a public document shows the figure with its region: bills of 2026 (eu-west-1),
 *   Infracost reports (eu-central-1), figures of the Price List API by usage type (ap-northeast-1, ap-southeast-1), cost
 *   estimates (ap-south-1, us-east-1, us-east-2). It was the same as the price per hour in each, which we don't take for
 *   granted elsewhere;
 * - the second source of the confirmed regions: the same documents and bills.
 *
 * A region that is `undefined` has no price that we know: those in China have prices in yuan. The S3 gateway endpoint costs
 * nothing anywhere (https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html).
 */
export const prices: Readonly<Record<Region, RegionPrices | undefined>> = {
  "af-south-1": row(0.057, undefined, 0.01309, 0.1047, 0.127),
  "ap-east-1": row(0.065, undefined, 0.0143, 0.1056, 0.132),
  "ap-east-2": row(0.0558, undefined, 0.0126, 0.0864, undefined),
  "ap-northeast-1": row(0.062, 0.062, 0.014, 0.096, 0.124, confirmed),
  "ap-northeast-2": row(0.059, undefined, 0.013, 0.0912, 0.118),
  "ap-northeast-3": row(0.062, undefined, 0.014, 0.096, 0.124),
  "ap-south-1": row(0.056, 0.056, 0.013, 0.0912, 0.101),
  "ap-south-2": row(0.056, undefined, 0.013, 0.0912, undefined),
  "ap-southeast-1": row(0.059, 0.059, 0.013, 0.096, 0.12, confirmed),
  "ap-southeast-2": row(0.059, undefined, 0.013, 0.096, 0.12),
  "ap-southeast-3": row(0.059, undefined, 0.013, 0.096, 0.12),
  "ap-southeast-4": row(0.059, undefined, 0.013, 0.096, undefined),
  "ap-southeast-5": row(0.05015, undefined, 0.0117, 0.0864, undefined),
  "ap-southeast-6": row(0.06195, undefined, 0.01365, 0.1008, undefined),
  "ap-southeast-7": row(0.05015, undefined, 0.0117, 0.0864, undefined),
  "ca-central-1": row(0.05, undefined, 0.011, 0.088, 0.107),
  "ca-west-1": row(0.05, undefined, 0.011, 0.088, undefined),
  "cn-north-1": undefined,
  "cn-northwest-1": undefined,
  "eu-central-1": row(0.052, 0.052, 0.012, 0.0952, 0.115, confirmed),
  "eu-central-2": row(0.0572, undefined, 0.0132, 0.1142, undefined),
  "eu-north-1": row(0.046, undefined, 0.0105, 0.0836, 0.102),
  "eu-south-1": row(0.05, undefined, 0.01155, 0.0924, 0.112),
  "eu-south-2": row(0.048, undefined, 0.011, 0.088, undefined),
  "eu-west-1": row(0.048, 0.048, 0.011, 0.088, 0.107, confirmed),
  "eu-west-2": row(0.05, undefined, 0.011, 0.0928, 0.111),
  "eu-west-3": row(0.05, undefined, 0.011, 0.0928, 0.112),
  "il-central-1": row(0.0504, undefined, 0.01155, 0.1056, undefined),
  "me-central-1": row(0.0528, undefined, 0.0121, 0.0968, 0.1177),
  "me-south-1": row(0.0528, undefined, 0.0121, 0.0968, 0.132),
  "mx-central-1": row(0.04725, undefined, 0.0105, 0.084, undefined),
  "sa-east-1": row(0.093, undefined, 0.021, 0.152, undefined),
  "us-east-1": row(0.045, 0.045, 0.01, 0.08, 0.096, confirmed),
  "us-east-2": row(0.045, 0.045, 0.01, 0.08, 0.096),
  "us-gov-east-1": row(0.054, undefined, 0.0125, 0.096, undefined),
  "us-gov-west-1": row(0.054, undefined, 0.0125, 0.096, undefined),
  "us-west-1": row(0.048, undefined, 0.011, 0.096, 0.112),
  "us-west-2": row(0.045, undefined, 0.01, 0.08, 0.096),
};

/**
 * Per gigabyte that an interface endpoint processes, of the first petabyte of a month, in every region of {@link prices}.
 *
 * Source: https://aws.amazon.com/privatelink/pricing/, in a stored copy, read 2026-11-22.
 */
export const interfaceEndpointGigabyte = 0.01;

/**
 * Per public IPv4 address that is in use, a NAT gateway's too, in every region of {@link prices}.
 *
 * Source: https://aws.amazon.com/vpc/pricing/ as named in the table of NAT gateways above; the usage types
 * `APN1-PublicIPv4:InUseAddress` and `EUC1-PublicIPv4:InUseAddress` of the Price List API say the same.
 */
export const publicIpv4Hour = 0.005;

/**
 * Per virtual processor, for the licence of Windows Server, in every region.
 *
 * Sources, checked 2026-11-22: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/optimize-cpu.html (`RunInstances:0002`);
 * strategic-blue.com's comparison of the price list, which has it the same in all regions, burstable types apart.
 */
export const windowsLicenceVcpuHour = 0.046;

/** How many times m6i.large's price and its two processors a size has (the catalogue above, where they are in proportion). */
const m6iSizes: Readonly<Record<string, number>> = { large: 1, xlarge: 2, "2xlarge": 4, "4xlarge": 8 };

/**
 * The price per hour of an m6i instance with Windows; `undefined` for a region or type whose price is not in our sources.
 */
export function windowsInstanceHour(instanceType: string, region: Region): number | undefined {
  const [family, size = ""] = instanceType.split(".");
  const large = prices[region]?.m6iLargeHour;
  const times = Object.hasOwn(m6iSizes, size) ? m6iSizes[size] : undefined;
  if (family !== "m6i" || large === undefined || times === undefined) return undefined;
  return times * (large + 2 * windowsLicenceVcpuHour);
}
