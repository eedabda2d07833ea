import { type Region, isRegion, regions, ssmBuckets } from "patchpath/facts";
import { choice, describe } from "./problems";
import type { EndpointPolicy } from "./endpoint-policy";
import { type Read } from "./section";
import { namesIn, namespace } from "./values";

/** `aws:region`, which the provider reads too. */
export function readRegion(region: string | undefined): Read<Region> {
  if (region === undefined) {
    return { value: undefined, problems: ["`aws:region` is missing; run `pulumi config set aws:region REGION`"] };
  }
  if (isRegion(region)) return { value: region, problems: [] };
  const usable = namesIn(regions).filter((name) => ssmBuckets(name));
  return { value: undefined, problems: [`\`aws:region\` ${describe(region)}; expected ${choice(usable, region)}`] };
}

interface Config {
  readonly region?: Region | undefined;
  readonly endpointPolicy?: Pick<EndpointPolicy, "unconfirmedBuckets"> | undefined;
}

/** A region whose bucket names are unconfirmed is used only where the config asks for it. */
export function checkRegion({ region, endpointPolicy }: Config): string[] {
  if (!region || ssmBuckets(region) || endpointPolicy?.unconfirmedBuckets !== "refuse") return [];
  return [
    `\`aws:region\` is \`${region}\`; the names of AWS's buckets there are unconfirmed; expected another region, or \`${namespace}endpointPolicy.unconfirmedBuckets\` \`admit-by-pattern\`, which allows reads of any bucket whose name looks like theirs`,
  ];
}
