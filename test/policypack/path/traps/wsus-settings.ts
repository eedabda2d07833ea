import { secretText } from "../../../../policypack/stack/special-values";
import { aws, images, plus, set, stack, without } from "./bases";
import { throughNat, to } from "./routing-base";
import type { Trap } from "./trap";
import { anywhere, clientDocument, letsOut, port, serverUrl, wsus } from "./wsus-base";

const byHand = without("point", "client-document");
const powershell = (...lines: readonly string[]) => ["<powershell>", ...lines, "</powershell>"].join("\n");
const key = "HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate";

/** The most common form. */
const setItems = (url: string, values: readonly string[] = ["WUServer", "WUStatusServer"]) => [
  `$key = '${key}'`,
  `$server = "${url}"`,
  ...values.map((value) => `Set-ItemProperty -Path $key -Name ${value} -Value $server`),
  'Set-ItemProperty -Path "$key\\AU" -Name UseWUServer -Value 1 -Type DWord',
];

const command = (commands: readonly string[], others: object = {}) =>
  plus(
    aws("ssm/association:Association", "point", {
      name: "AWS-RunPowerShellScript",
      targets: [{ key: "tag:PatchGroup", values: ["prod"] }],
      parameters: { commands: commands.join("\n") },
      ...others,
    }),
  );

const userData = (...lines: readonly string[]) => set("web", { userData: powershell(...lines) });
const repository = ["repository"] as const;

const toNat = plus(to("to-nat", "0.0.0.0/0", throughNat));
const behindNat = [toNat, letsOut(port(443, anywhere), port(80, anywhere))] as const;

export const wsusSettings: readonly Trap[] = [
  {
    title: "Windows pointed to a WSUS server by an association of a custom document",
    why: "the server downloads updates for its clients",
    resources: wsus,
  },
  {
    title: "Windows pointed to a WSUS server by AWS-RunPowerShellScript",
    why: "the script sets the same registry values",
    resources: stack(wsus, byHand, command(setItems(serverUrl))),
    unknownAtPreview: repository,
  },
  {
    title: "Windows pointed to a WSUS server by `reg add` in user data",
    why: "the commands set the same registry values; a backtick continues a line",
    resources: stack(
      wsus,
      byHand,
      userData(
        `reg add "${key}" /v WUServer /t REG_SZ \``,
        `  /d ${serverUrl} /f`,
        `reg add "${key}" /v WUStatusServer /t REG_SZ /d ${serverUrl} /f`,
        `reg add "${key}\\AU" /v UseWUServer /t REG_DWORD /d 1 /f`,
      ),
    ),
    unknownAtPreview: ["agent", ...repository],
  },
  {
    title: "Windows pointed to a WSUS server by an imported .reg file in user data, with a custom name",
    why: "a name that nothing in the stack resolves is taken as that of its only WSUS server",
    resources: stack(
      wsus,
      byHand,
      userData(
        "@'",
        "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate]",
        '"WUServer"="https://wsus.example.com:8531"',
        '"WUStatusServer"="https://wsus.example.com:8531"',
        "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate\\AU]",
        '"UseWUServer"=dword:00000001',
        "'@ | Out-File wsus.reg",
        "reg import wsus.reg",
      ),
    ),
  },
  {
    title: "a WSUS server that no association points to",
    why: "Windows uses Microsoft Update unless its registry is set otherwise",
    resources: stack(wsus, byHand),
    blocks: [
      "repository",
      "nothing points the instances to the WSUS server `wsus`, and they have no route to Microsoft Update",
    ],
  },
  {
    title: "an association that points other instances to the WSUS server",
    why: "State Manager runs an association only on its targets",
    resources: stack(wsus, set("point", { targets: [{ key: "tag:PatchGroup", values: ["test"] }] })),
    blocks: [
      "repository",
      "`point`, which points instances to a WSUS server, does not target these instances, and they have no route to Microsoft Update",
    ],
  },
  {
    title: "an association for a resource group that points instances to the WSUS server",
    why: "the members of the resource group are not in the stack",
    resources: stack(wsus, set("point", { targets: [{ key: "resource-groups:Name", values: ["windows"] }] })),
    leavesUnknown: repository,
  },
  {
    title: "an association that does not set UseWUServer",
    why: "without it, the Windows Update Agent ignores the server",
    resources: stack(wsus, without("client-document"), plus(clientDocument("UseWUServer"))),
    blocks: ["repository", "the instances are pointed to a WSUS server without the registry value UseWUServer"],
  },
  {
    title: "an association that sets UseWUServer to 0",
    why: "with 0, the Windows Update Agent ignores the server",
    resources: stack(wsus, without("client-document"), plus(clientDocument(undefined, 0))),
    blocks: ["repository", "the instances are pointed to a WSUS server, but the registry value UseWUServer is 0"],
  },
  {
    title: "an association that does not set WUStatusServer",
    why: "both server values are required",
    resources: stack(wsus, without("client-document"), plus(clientDocument("WUStatusServer"))),
    blocks: ["repository", "the instances are pointed to a WSUS server without the registry value WUStatusServer"],
  },
  {
    title: "user data that removes the registry values for the server, endpoints only",
    why: "a command that removes a value does not set it",
    resources: stack(
      wsus,
      byHand,
      userData(`Remove-ItemProperty -Path '${key}' -Name WUServer, WUStatusServer`, `# UseWUServer was 1`),
    ),
    blocks: [
      "repository",
      "nothing points the instances to the WSUS server `wsus`, and they have no route to Microsoft Update",
    ],
  },
  {
    title: "UseWUServer set to 0, behind NAT",
    why: "the Windows Update Agent then uses Microsoft Update, which is reachable",
    resources: stack(wsus, without("client-document"), plus(clientDocument(undefined, 0)), ...behindNat),
  },
  {
    title: "a secret document that runs on instances with a route to Microsoft Update",
    why: "it may point them to the server",
    resources: stack(wsus, set("client-document", { content: secretText }), ...behindNat),
    leavesUnknown: ["repository"],
  },
  {
    title: "a secret document that runs on instances whose security group allows neither port of Microsoft Update",
    why: "it may point them to the server, which needs none of these ports",
    resources: stack(wsus, set("client-document", { content: secretText }), toNat),
    leavesUnknown: ["security-groups", "repository"],
  },
  {
    title: "a URL with https and the HTTP port",
    why: "WSUS uses TLS only on 8531",
    resources: stack(wsus, set("point", { parameters: { ServerUrl: "https://wsus.example.com:8530" } })),
    blocks: [
      "repository",
      "the instances are pointed to port 8530 of the WSUS server with https, but the server uses http on that port",
    ],
  },
  {
    title: "a URL with http and the HTTPS port",
    why: "WSUS uses TLS on 8531",
    resources: stack(wsus, set("point", { parameters: { ServerUrl: "http://wsus.example.com:8531" } })),
    blocks: [
      "repository",
      "the instances are pointed to port 8531 of the WSUS server with http, but the server uses https on that port",
    ],
  },
  {
    title: "a URL with a custom port",
    why: "WSUS listens on 8530 and 8531",
    resources: stack(wsus, set("point", { parameters: { ServerUrl: "http://wsus.example.com:8080" } })),
    blocks: [
      "repository",
      "the instances are pointed to port 8080 of the WSUS server, which listens on 8530 (HTTP) and 8531 (HTTPS)",
    ],
  },
  {
    title: "a URL without a port",
    why: "the default port of the scheme applies, on which WSUS does not listen",
    resources: stack(wsus, set("point", { parameters: { ServerUrl: "http://wsus.example.com" } })),
    blocks: [
      "repository",
      "the instances are pointed to port 80 of the WSUS server, which listens on 8530 (HTTP) and 8531 (HTTPS)",
    ],
  },
  {
    title: "Windows from a custom AMI, which nothing in the stack points to a WSUS server",
    why: "the AMI may have the registry values, or a Group Policy may set them",
    resources: stack(
      wsus,
      byHand,
      set("web", { ami: "ami-0123456789abcdef0", tags: { OS: "windows", PatchGroup: "prod" } }),
    ),
    leavesUnknown: ["agent", "repository"],
  },
  {
    title: "Windows that joins a domain, which nothing in the stack points to a WSUS server",
    why: "a Group Policy of the domain may set the registry values",
    resources: stack(
      wsus,
      byHand,
      plus(
        aws("ssm/association:Association", "join", {
          name: "AWS-JoinDirectoryServiceDomain",
          targets: [{ key: "tag:PatchGroup", values: ["prod"] }],
          parameters: { directoryId: "d-1234567890" },
        }),
      ),
    ),
    leavesUnknown: repository,
  },
  {
    title: "an association of AWS-UpdateSSMAgent, and a WSUS server to which nothing points the instances",
    why: "AWS-UpdateSSMAgent sets no registry values",
    resources: stack(
      wsus,
      byHand,
      plus(
        aws("ssm/association:Association", "update-agent", {
          name: "AWS-UpdateSSMAgent",
          targets: [{ key: "InstanceIds", values: ["*"] }],
        }),
      ),
    ),
    blocks: [
      "repository",
      "nothing points the instances to the WSUS server `wsus`, and they have no route to Microsoft Update",
    ],
  },
  {
    title: "the WSUS server as its own client",
    why: "localhost is reachable without a route",
    resources: stack(
      wsus,
      byHand,
      without("web", "wsus", "install"),
      plus(
        aws("ec2/instance:Instance", "web", {
          id: "i-1",
          ami: images.windows,
          subnetId: "subnet-server",
          vpcSecurityGroupIds: ["sg-server"],
          iamInstanceProfile: "profile",
          tags: { PatchGroup: "prod" },
          userData: powershell("Install-WindowsFeature -Name UpdateServices", ...setItems("http://localhost:8530")),
        }),
      ),
      set("endpoints", { ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, securityGroups: ["sg-server"] }] }),
    ),
  },
];
