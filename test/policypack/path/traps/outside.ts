import { endpointOnly, endpointsAndNat, hopsOfTraffic, images, nat, set, stack, without } from "./bases";
import type { Trap } from "./trap";

const byUserData = (...lines: readonly string[]) => set("web", { userData: ["#!/bin/sh", ...lines].join("\n") });

const overrideOfAgent = (...others: readonly string[]) =>
  byUserData(
    "cat > /etc/systemd/system/amazon-ssm-agent.service.d/override.conf <<EOF",
    "[Service]",
    'Environment="http_proxy=http://proxy.example.com:3128"',
    'Environment="https_proxy=http://proxy.example.com:3128"',
    ...others,
    "EOF",
  );

const behindFirewall = set("to-nat", { natGatewayId: undefined, vpcEndpointId: "vpce-firewall" });

/** Proxies, firewalls and appliances: what they allow is not in a stack. */
export const outside: readonly Trap[] = [
  {
    title: "a proxy for the SSM agent in its systemd override",
    why: "the agent and all its child processes use the proxy, with or without endpoints",
    resources: stack(endpointOnly, overrideOfAgent('Environment="no_proxy=169.254.169.254"')),
    leavesUnknown: hopsOfTraffic,
  },
  {
    title: "a proxy for the SSM agent, with AWS domain names in no_proxy",
    why: "no_proxy contains the domain, so the agent reaches the endpoints directly",
    resources: stack(endpointOnly, overrideOfAgent('Environment="no_proxy=169.254.169.254,.amazonaws.com"')),
  },
  {
    title: "a proxy for the SSM agent, with the endpoints of Systems Manager in no_proxy",
    why: "requests to S3 still use the proxy",
    resources: stack(
      endpointOnly,
      overrideOfAgent('Environment="no_proxy=ssm.eu-west-1.amazonaws.com,ssmmessages.eu-west-1.amazonaws.com"'),
    ),
    leavesUnknown: ["s3-route", "payload", "snapshot", "repository"],
  },
  {
    title: "a proxy in /etc/environment",
    why: "the setting applies to the whole system",
    resources: stack(nat, byUserData("echo https_proxy=$PROXY >> /etc/environment")),
    leavesUnknown: hopsOfTraffic,
  },
  {
    title: "a proxy of Windows, set with netsh",
    why: "the agent and the Windows Update Agent use WinHTTP",
    resources: stack(
      nat,
      set("web", {
        ami: images.windows,
        userData: '<powershell>\nnetsh winhttp set proxy proxy-server="proxy.example.com:3128"\n</powershell>',
      }),
    ),
    leavesUnknown: hopsOfTraffic,
  },
  {
    title: "a proxy of Windows, with AWS domain names in the bypass list",
    why: "requests to Microsoft Update still use the proxy",
    resources: stack(
      endpointsAndNat,
      set("web", {
        ami: images.windows,
        userData: 'netsh winhttp set proxy proxy-server="proxy:3128" bypass-list="169.254.169.254;*.amazonaws.com"',
      }),
    ),
    leavesUnknown: ["repository"],
  },
  {
    title: "a proxy in dnf.conf",
    why: "only dnf uses it",
    resources: stack(endpointOnly, byUserData('echo "proxy=http://proxy.example.com:3128" >> /etc/dnf/dnf.conf')),
    leavesUnknown: ["repository"],
  },
  {
    title: "a proxy in the configuration of apt",
    why: "only apt uses it",
    resources: stack(
      nat,
      set("web", { ami: images.ubuntu }),
      byUserData("echo 'Acquire::http::Proxy \"http://proxy.example.com:3128\";' > /etc/apt/apt.conf.d/80proxy"),
    ),
    leavesUnknown: ["repository"],
  },
  {
    title: "user data that mentions proxies but sets none",
    why: "comments, an empty variable, `_none_` and no_proxy do not set a proxy",
    resources: stack(
      endpointOnly,
      byUserData(
        "# https_proxy=http://proxy.example.com:3128",
        'export http_proxy=""',
        "unset http_proxy https_proxy",
        "echo proxy=_none_ >> /etc/dnf/dnf.conf",
        "export no_proxy=169.254.169.254",
      ),
    ),
  },
  {
    title: "a default route to a Network Firewall endpoint",
    why: "its rules decide, and they are not evaluated",
    resources: stack(nat, without("nat"), behindFirewall),
    leavesUnknown: hopsOfTraffic,
  },
  {
    title: "a default route to a Network Firewall endpoint, in addition to the endpoints",
    why: "traffic to the endpoints does not pass the firewall",
    resources: stack(endpointsAndNat, without("nat"), behindFirewall),
  },
  {
    title: "a Network Firewall between the NAT gateway and the internet gateway",
    why: "the firewall's rules apply to traffic from the NAT gateway too",
    resources: stack(
      nat,
      set("public-table", { routes: [{ cidrBlock: "0.0.0.0/0", vpcEndpointId: "vpce-firewall" }] }),
    ),
    leavesUnknown: hopsOfTraffic,
  },
];
