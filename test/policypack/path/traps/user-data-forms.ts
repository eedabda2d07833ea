import { gzipSync } from "node:zlib";
import { json } from "../../rules/examples";
import { endpointOnly, endpointsAndNat, images, nat, set, stack } from "./bases";
import type { Trap } from "./trap";

const removing = "#!/bin/sh\ndnf remove -y amazon-ssm-agent\n";
const removed = ["agent", "user data removes the SSM agent"] as const;
const base64 = (content: string | Buffer) => Buffer.from(content).toString("base64");

const message = (...parts: readonly (readonly [type: string, content: string])[]) =>
  [
    'Content-Type: multipart/mixed; boundary="//"',
    "MIME-Version: 1.0",
    "",
    ...parts.flatMap(([type, content]) => ["--//", `Content-Type: ${type}; charset="us-ascii"`, "", content]),
    "--//--",
  ].join("\n");
const cloudConfig = (...lines: readonly string[]) => ["#cloud-config", ...lines].join("\n");
const script = (...lines: readonly string[]) => ["#!/bin/bash", ...lines].join("\n");
const windows = (...lines: readonly string[]) => ["<powershell>", ...lines, "</powershell>"].join("\n");

const own = { ami: "ami-0123456789abcdef0", tags: { OS: "al2023", PatchGroup: "prod" } };
const onWindows = (userData: string) => stack(nat, set("web", { ami: images.windows, userData }));
const withData = (userData: string) => stack(endpointOnly, set("web", { userData }));

const noRoute = "the route table has no default route";
const adds = (host: string) =>
  [
    "repository",
    `user data adds a package repository at \`${host}\`, which is on the internet, and ${noRoute}`,
  ] as const;
const repositoryAt = (url: string, ...more: readonly string[]) =>
  script("cat <<EOF > /etc/yum.repos.d/own.repo", "[own]", `baseurl=${url}`, ...more, "EOF");
const inS3 = "https://own-packages.s3.eu-west-1.amazonaws.com/el9/";
const ownBucket = {
  Effect: "Allow",
  Principal: "*",
  Action: "s3:GetObject",
  NotResource: "arn:aws:s3:::own-packages/*",
};

/** The content of user data in each of its formats. */
export const userDataForms: readonly Trap[] = [
  {
    title: "base64-encoded user data that removes the agent",
    why: "the decoded content is the same script",
    resources: stack(endpointOnly, set("web", { userDataBase64: base64(removing) })),
    blocks: removed,
  },
  {
    title: "gzip-compressed user data that removes the agent",
    why: "cloud-init decompresses it",
    resources: stack(endpointOnly, set("web", { userDataBase64: base64(gzipSync(removing)) })),
    blocks: removed,
  },
  {
    title: "a MIME multipart message whose second part removes the agent",
    why: "cloud-init runs every part",
    resources: withData(message(["text/cloud-config", "#cloud-config"], ["text/x-shellscript", removing])),
    blocks: removed,
  },
  {
    title: "a MIME multipart message with a NodeConfig for nodeadm",
    why: "nodeadm reads that part, and it runs no commands that remove the agent",
    resources: withData(message(["application/node.eks.aws", "kind: NodeConfig\n# dnf remove amazon-ssm-agent"])),
  },
  {
    title: "cloud-config whose commands remove the agent",
    why: "a command can be a list of arguments",
    resources: withData(cloudConfig("runcmd:", "  - [dnf, remove, -y, amazon-ssm-agent]")),
    blocks: removed,
  },
  {
    title: "cloud-config that mentions removing the agent in a message",
    why: "a message is not a command",
    resources: withData(cloudConfig("final_message: dnf remove amazon-ssm-agent")),
  },
  {
    title: "cloud-config with a syntax error in the commands that remove the agent",
    why: "cloud-init does not apply a part of a document that it cannot parse",
    resources: withData(cloudConfig("runcmd: [[dnf, remove, -y, amazon-ssm-agent]")),
    leavesUnknown: ["agent"],
  },
  {
    title: "binary user data, on an image that may not include the agent",
    why: "whether it installs the agent cannot be determined",
    resources: stack(endpointOnly, set("web", { ...own, userDataBase64: base64(Buffer.from([1, 0xff, 0xfe, 2])) })),
    leavesUnknown: ["agent"],
  },
  {
    title: "user data of which an earlier provider version stored the SHA-1 hash",
    why: "a hash does not show what the script does with the agent",
    resources: withData("0beec7b5ea3f0fdbc95d0dd47f3c5bc275da8a33"),
    leavesUnknown: ["agent"],
  },
  {
    title: "user data that stops the agent and starts it again",
    why: "the agent runs with its new configuration",
    resources: withData(
      script("systemctl stop amazon-ssm-agent", "cp seelog.xml /etc/amazon/ssm/", "systemctl start amazon-ssm-agent"),
    ),
  },
  {
    title: "user data that restarts the agent on one line",
    why: "the last command applies",
    resources: withData(script("service amazon-ssm-agent stop && service amazon-ssm-agent start")),
  },
  {
    title: "user data that starts the agent and then stops it",
    why: "the last command applies",
    resources: withData(script("systemctl start amazon-ssm-agent", "systemctl stop amazon-ssm-agent")),
    blocks: removed,
  },
  {
    title: "user data that disables the agent's service on Windows",
    why: "a disabled service does not start",
    resources: onWindows(windows("Set-Service -Name AmazonSSMAgent -StartupType Disabled")),
    blocks: removed,
  },
  {
    title: "user data that stops and starts the agent's service on Windows",
    why: "the last command starts the service",
    resources: onWindows(
      windows(
        "Stop-Service AmazonSSMAgent",
        "Set-Service AmazonSSMAgent -StartupType Automatic",
        "Start-Service AmazonSSMAgent",
      ),
    ),
  },
  {
    title: "a repository file for a host on the internet, endpoints only",
    why: "dnf reads the repository at every update",
    resources: withData(repositoryAt("https://packages.example.com/el9/")),
    blocks: adds("packages.example.com"),
  },
  {
    title: "a repository file for a host on the internet, behind NAT",
    why: "the host is reachable",
    resources: stack(endpointsAndNat, set("web", { userData: repositoryAt("https://packages.example.com/el9/") })),
  },
  {
    title: "a repository file with a disabled repository",
    why: "dnf does not read a disabled repository",
    resources: withData(repositoryAt("https://packages.example.com/el9/", "enabled=0")),
  },
  {
    title: "a repository file for an S3 bucket in the Region",
    why: "the gateway endpoint carries the request, and its policy allows all requests",
    resources: stack(endpointOnly, set("s3", { policy: undefined }), set("web", { userData: repositoryAt(inS3) })),
  },
  {
    title: "a repository file for an S3 bucket that the endpoint policy does not allow",
    why: "dnf reads the bucket through the endpoint with unsigned requests",
    resources: stack(
      endpointOnly,
      set("s3", { policy: json(ownBucket) }),
      set("web", { userData: repositoryAt(inS3) }),
    ),
    blocks: [
      "repository",
      "no statement allows s3:GetObject on `arn:aws:s3:::own-packages/el9/`; Statement[0] applies to every resource but `arn:aws:s3:::own-packages/*`",
    ],
  },
  {
    title: "a repository file for a private address",
    why: "what has that address, and whether it is reachable, is not in the stack",
    resources: withData(repositoryAt("http://10.0.9.9/el9/")),
    leavesUnknown: ["repository"],
  },
  {
    title: "cloud-config that adds a repository on the internet",
    why: "cloud-init writes a repository file for each entry of `yum_repos`",
    resources: withData(cloudConfig("yum_repos:", "  own:", "    baseurl: https://packages.example.com/el9/")),
    blocks: adds("packages.example.com"),
  },
  {
    title: "cloud-config that writes a base64-encoded repository file",
    why: "the decoded content is the same file",
    resources: withData(
      cloudConfig(
        "write_files:",
        "  - path: /etc/yum.repos.d/own.repo",
        "    encoding: b64",
        `    content: ${base64("[own]\nbaseurl=https://packages.example.com/el9/\n")}`,
      ),
    ),
    blocks: adds("packages.example.com"),
  },
  {
    title: "a repository file downloaded with curl, endpoints only",
    why: "the file and its repository are on the internet",
    resources: withData(script("curl -fsSL https://packages.example.com/own.repo -o /etc/yum.repos.d/own.repo")),
    blocks: adds("packages.example.com"),
  },
  {
    title: "a package from the internet that adds its repository",
    why: "dnf reads that repository at every update",
    resources: withData(script("dnf install -y https://packages.example.com/example-release-9.noarch.rpm")),
    blocks: [
      "repository",
      `user data adds the repository of a package at \`packages.example.com\`, which is on the internet, and ${noRoute}`,
    ],
  },
  {
    title: "a package from the internet that adds no repository",
    why: "patching does not depend on its installation",
    resources: withData(script("dnf install -y https://github.com/example/tool/releases/download/v1/tool.rpm")),
  },
  {
    title: "user data that deletes the installer of the agent after use",
    why: "the agent stays installed",
    resources: onWindows(
      windows("Start-Process .\\AmazonSSMAgentSetup.exe -Wait", "Remove-Item .\\AmazonSSMAgentSetup.exe"),
    ),
  },
  {
    title: "curl of a file that is not a repository file, endpoints only",
    why: "the file adds no repository",
    resources: withData(script("curl -fsSL https://www.example.com/motd -o /etc/motd")),
  },
];
