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

/** Proxies, firewalls and appliances: what they let through is nowhere in a stack. */
export const outside: readonly Trap[] = [
  {
    title: "a proxy for the SSM agent in its systemd override",
    why: "the agent and all that it starts asks the proxy, endpoints or not",
    resources: stack(endpointOnly, overrideOfAgent('Environment="no_proxy=169.254.169.254"')),
    leavesUnknown: hopsOfTraffic,
  },
  {
    title: "a proxy for the SSM agent that leaves out AWS's names",
    why: "no_proxy names the domain, so that the endpoints are reached directly",
    resources: stack(endpointOnly, overrideOfAgent('Environment="no_proxy=169.254.169.254,.amazonaws.com"')),
  },
  {
    title: "a proxy for the SSM agent that leaves out the endpoints of SSM",
    why: "S3 is still asked by the proxy",
    resources: stack(
      endpointOnly,
      overrideOfAgent('Environment="no_proxy=ssm.eu-west-1.amazonaws.com,ssmmessages.eu-west-1.amazonaws.com"'),
    ),
    leavesUnknown: ["s3-route", "payload", "snapshot", "repository"],
  },
  {
    title: "a proxy in /etc/environment",
    why: "it is the whole system's",
    resources: stack(nat, byUserData("echo https_proxy=$PROXY >> /etc/environment")),
    leavesUnknown: hopsOfTraffic,
  },
  {
    title: "a proxy of Windows, by netsh",
    why: "WinHTTP is what the agent and the Windows Update Agent use",
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
    title: "a proxy of Windows that leaves out AWS's names",
    why: "Microsoft Update is still asked by the proxy",
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
    why: "only dnf asks it",
    resources: stack(endpointOnly, byUserData('echo "proxy=http://proxy.example.com:3128" >> /etc/dnf/dnf.conf')),
    leavesUnknown: ["repository"],
  },
  {
    title: "a proxy in apt's settings",
    why: "only apt asks it",
    resources: stack(
      nat,
      set("web", { ami: images.ubuntu }),
      byUserData("echo 'Acquire::http::Proxy \"http://proxy.example.com:3128\";' > /etc/apt/apt.conf.d/80proxy"),
    ),
    leavesUnknown: ["repository"],
  },
  {
    title: "user data that only speaks of proxies",
    why: "comments, an empty variable, `_none_` and no_proxy set none",
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
    title: "a Network Firewall behind the default route",
    why: "its rules decide, and they are no part of what is judged here",
    resources: stack(nat, without("nat"), behindFirewall),
    leavesUnknown: hopsOfTraffic,
  },
  {
    title: "a Network Firewall behind the default route, beside the endpoints",
    why: "what goes by the endpoints does not pass it",
    resources: stack(endpointsAndNat, without("nat"), behindFirewall),
  },
  {
    title: "a Network Firewall between the NAT gateway and the internet gateway",
    why: "its rules decide, on the other side of the NAT gateway too",
    resources: stack(
      nat,
      set("public-table", { routes: [{ cidrBlock: "0.0.0.0/0", vpcEndpointId: "vpce-firewall" }] }),
    ),
    leavesUnknown: hopsOfTraffic,
  },
];
