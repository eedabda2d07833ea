import { aws, images, plus, set, stack, without } from "./bases";
import type { Trap } from "./trap";
import { anywhere, clientDocument, letsOut, port, serverUrl, wsus } from "./wsus-base";

const byHand = without("point", "client-document");
const powershell = (...lines: readonly string[]) => ["<powershell>", ...lines, "</powershell>"].join("\n");
const key = "HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate";

/** As most people write it. */
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

export const wsusSettings: readonly Trap[] = [
  {
    title: "Windows pointed at a WSUS server by an association of a document of its own",
    why: "the server fetches for it",
    resources: wsus,
  },
  {
    title: "… by AWS-RunPowerShellScript",
    why: "it sets the same values",
    resources: stack(wsus, byHand, command(setItems(serverUrl))),
    unknownAtPreview: repository,
  },
  {
    title: "… by reg add in user data",
    why: "it sets the same values; a backtick continues a line",
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
    unknownAtPreview: repository,
  },
  {
    title: "… by an imported .reg in user data, by the server's own name",
    why: "a name that nothing in the stack explains is that of its only WSUS server",
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
    title: "a WSUS server that no association points at",
    why: "Windows asks Microsoft Update unless its registry says otherwise",
    resources: stack(wsus, byHand),
    blocks: [
      "repository",
      "nothing points the instances to the WSUS server `wsus`, and they have no route to Microsoft Update",
    ],
  },
  {
    title: "an association that points other instances at the WSUS server",
    why: "State Manager runs it on its targets only",
    resources: stack(wsus, set("point", { targets: [{ key: "tag:PatchGroup", values: ["test"] }] })),
    blocks: [
      "repository",
      "`point`, which points instances to a WSUS server, does not target these instances, and they have no route to Microsoft Update",
    ],
  },
  {
    title: "an association for a resource group that points at the WSUS server",
    why: "which instances the group holds is not in the stack",
    resources: stack(wsus, set("point", { targets: [{ key: "resource-groups:Name", values: ["windows"] }] })),
    leavesUnknown: repository,
  },
  {
    title: "an association that sets no UseWUServer",
    why: "the agent ignores the server without it",
    resources: stack(wsus, without("client-document"), plus(clientDocument("UseWUServer"))),
    blocks: ["repository", "the instances are pointed to a WSUS server without the registry value UseWUServer"],
  },
  {
    title: "an association that sets UseWUServer to 0",
    why: "the agent ignores the server then",
    resources: stack(wsus, without("client-document"), plus(clientDocument(undefined, 0))),
    blocks: ["repository", "the instances are pointed to a WSUS server, but the registry value UseWUServer is 0"],
  },
  {
    title: "an association that sets no WUStatusServer",
    why: "both server names are needed",
    resources: stack(wsus, without("client-document"), plus(clientDocument("WUStatusServer"))),
    blocks: ["repository", "the instances are pointed to a WSUS server without the registry value WUStatusServer"],
  },
  {
    title: "user data that takes the server's values away, endpoints only",
    why: "a line that removes a value sets none",
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
    title: "UseWUServer at 0 behind NAT",
    why: "then the agent asks Microsoft Update, which it reaches",
    resources: stack(
      wsus,
      without("client-document"),
      plus(
        clientDocument(undefined, 0),
        aws("ec2/route:Route", "to-nat", {
          routeTableId: "rtb-1",
          destinationCidrBlock: "0.0.0.0/0",
          natGatewayId: "nat-1",
        }),
      ),
      letsOut(port(443, anywhere), port(80, anywhere)),
    ),
  },
  {
    title: "a URL with https and the port of HTTP",
    why: "WSUS speaks TLS at 8531 only",
    resources: stack(wsus, set("point", { parameters: { ServerUrl: "https://wsus.example.com:8530" } })),
    blocks: [
      "repository",
      "the instances are pointed to port 8530 of the WSUS server with https, but the server uses http on that port",
    ],
  },
  {
    title: "a URL with http and the port of TLS",
    why: "WSUS speaks TLS at 8531",
    resources: stack(wsus, set("point", { parameters: { ServerUrl: "http://wsus.example.com:8531" } })),
    blocks: [
      "repository",
      "the instances are pointed to port 8531 of the WSUS server with http, but the server uses https on that port",
    ],
  },
  {
    title: "a URL with a port of its own",
    why: "WSUS answers at 8530 and 8531",
    resources: stack(wsus, set("point", { parameters: { ServerUrl: "http://wsus.example.com:8080" } })),
    blocks: [
      "repository",
      "the instances are pointed to port 8080 of the WSUS server, which listens on 8530 (HTTP) and 8531 (HTTPS)",
    ],
  },
  {
    title: "a URL without a port",
    why: "it means the scheme's own port, where WSUS does not answer",
    resources: stack(wsus, set("point", { parameters: { ServerUrl: "http://wsus.example.com" } })),
    blocks: [
      "repository",
      "the instances are pointed to port 80 of the WSUS server, which listens on 8530 (HTTP) and 8531 (HTTPS)",
    ],
  },
  {
    title: "Windows from an image of one's own, which nothing points at a WSUS server",
    why: "the image may have the values, or a group policy set them",
    resources: stack(
      wsus,
      byHand,
      set("web", { ami: "ami-0123456789abcdef0", tags: { OS: "windows", PatchGroup: "prod" } }),
    ),
    leavesUnknown: ["agent", "repository"],
  },
  {
    title: "Windows that joins a domain, which nothing points at a WSUS server",
    why: "a group policy of the domain may",
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
    title: "an association of AWS-UpdateSSMAgent beside a WSUS server that nothing points at",
    why: "this document sets no registry value",
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
    why: "localhost is reached without a route",
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
