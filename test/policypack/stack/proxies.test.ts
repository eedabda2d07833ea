import { strictEqual } from "node:assert/strict";
import type { Fleet } from "../../../policypack/stack/fleet";
import { noSettings } from "../../../policypack/stack/launch-settings";
import { proxyOf } from "../../../policypack/stack/proxies";
import { resource } from "./resources";

const fleet = (userData: string): Fleet => ({
  ...noSettings,
  resource: resource("aws:ec2/instance:Instance", "web", {}),
  name: "web",
  userData: { is: "known", value: userData },
});

describe("the proxy that user data sets", () => {
  for (const [script, of] of [
    ["export https_proxy=http://10.0.0.9:3128", "system"],
    ["netsh winhttp set proxy 10.0.0.9:3128", "system"],
    ["echo proxy=http://10.0.0.9:3128 >> /etc/dnf/dnf.conf", "package manager"],
    ["echo proxy=_none_ >> /etc/dnf/dnf.conf", undefined],
    ["# export https_proxy=http://10.0.0.9:3128", undefined],
  ] as const) {
    it(`is ${of ? `of the ${of}` : "none"} with \`${script}\``, () => {
      strictEqual(proxyOf(fleet(script))?.of, of);
    });
  }

  const set = "export https_proxy=http://10.0.0.9:3128\n";
  for (const [exceptions, host, isExcepted] of [
    ["export no_proxy=localhost, .example.com  *.amazonaws.com", "ssm.eu-west-1.amazonaws.com", true],
    ["export no_proxy=localhost,.example.com", "example.com", true],
    ["export no_proxy=SSM.example.com", "ssm.example.com", true],
    ['netsh winhttp set proxy p bypass-list="*.example.com;10.0.0.1"', "a.example.com", true],
    ["export no_proxy=first\nexport NO_PROXY=second", "second", true],
    ["export no_proxy=x.example.com", "example.com", false],
    ["export no_proxy=ample.com", "example.com", false],
    ["export no_proxy=a.com,", "b.com.", false],
    ["export no_proxy=", "example.com", false],
  ] as const) {
    it(`${isExcepted ? "excepts" : "does not except"} ${host} with \`${exceptions}\``, () => {
      strictEqual(proxyOf(fleet(set + exceptions))?.excepts(host), isExcepted);
    });
  }
});
