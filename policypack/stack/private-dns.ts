import { type Reading, flag, known, read } from "./reading";
import { type StackResource, given } from "./resource";
import type { Stack, Target } from "./stack";

/** The property of an endpoint itself. */
export function ownPrivateDns(endpoint: StackResource): Reading<boolean> {
  return flag(given(endpoint, "privateDnsEnabled"));
}

/**
 * Whether private DNS is enabled for an endpoint: by a resource of its own that sets it, else by the endpoint. Unknown where
 * a resource that sets it otherwise may be for this endpoint.
 */
export function privateDnsOf(stack: Stack, endpoint: StackResource): Reading<boolean> {
  const own = ownPrivateDns(endpoint);
  const { byEndpoint, inDoubt } = stack.derive(settingsByEndpoint);
  const surely = byEndpoint.get(endpoint.urn) ?? own;
  const isContested = inDoubt.some(
    ({ of, value }) => (of.candidates?.includes(endpoint) ?? true) && isOn(value) !== isOn(surely),
  );
  return isContested ? { is: "unknown" } : surely;
}

/** Without a value it is off, by the provider's default. */
function isOn(setting: Reading<boolean>): boolean | undefined {
  return setting.is === "unknown" ? undefined : (known(setting) ?? false);
}

interface Settings {
  readonly byEndpoint: ReadonlyMap<string, Reading<boolean>>;
  /** Those whose endpoint is not known. */
  readonly inDoubt: readonly { readonly of: Target & { is: "unknown" }; readonly value: Reading<boolean> }[];
}

function settingsByEndpoint(stack: Stack): Settings {
  const settings = stack.of("endpointPrivateDns").map((setting) => ({
    of: stack.followProperty(setting, "vpcEndpointId", "vpcEndpoint") ?? { is: "unknown" as const },
    value: flag(read(setting.props, "privateDnsEnabled")),
  }));
  return {
    byEndpoint: new Map(settings.flatMap(({ of, value }) => (of.is === "resource" ? [[of.resource.urn, value]] : []))),
    inDoubt: settings.flatMap(({ of, value }) => (of.is === "unknown" ? [{ of, value }] : [])),
  };
}
