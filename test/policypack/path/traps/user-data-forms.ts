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

/** What user data says, in whichever form it comes. */
export const userDataForms: readonly Trap[] = [
  {
    title: "user data in base64 that removes the agent",
    why: "it is the same script",
    resources: stack(endpointOnly, set("web", { userDataBase64: base64(removing) })),
    blocks: removed,
  },
  {
    title: "compressed user data that removes the agent",
    why: "cloud-init decompresses it",
    resources: stack(endpointOnly, set("web", { userDataBase64: base64(gzipSync(removing)) })),
    blocks: removed,
  },
  {
    title: "a MIME message whose second part removes the agent",
    why: "cloud-init runs every part",
    resources: withData(message(["text/cloud-config", "#cloud-config"], ["text/x-shellscript", removing])),
    blocks: removed,
  },
  {
    title: "a MIME message that says how a node joins its cluster",
    why: "nodeadm reads that, and nothing in it removes the agent",
    resources: withData(message(["application/node.eks.aws", "kind: NodeConfig\n# dnf remove amazon-ssm-agent"])),
  },
  {
    title: "cloud-config whose commands remove the agent",
    why: "a command may be a list of words",
    resources: withData(cloudConfig("runcmd:", "  - [dnf, remove, -y, amazon-ssm-agent]")),
    blocks: removed,
  },
  {
    title: "cloud-config that mentions the agent in a message",
    why: "that removes nothing",
    resources: withData(cloudConfig("final_message: dnf remove amazon-ssm-agent")),
  },
  {
    title: "bytes that are no text, on an image that tells nothing of the agent",
    why: "whether they install it cannot be read",
    resources: stack(endpointOnly, set("web", { ...own, userDataBase64: base64(Buffer.from([1, 0xff, 0xfe, 2])) })),
    leavesUnknown: ["agent"],
  },
  {
    title: "user data of which an earlier provider kept the SHA-1",
    why: "it is not a script to be searched",
    resources: withData("0beec7b5ea3f0fdbc95d0dd47f3c5bc275da8a33"),
  },
  {
    title: "user data that stops the agent and starts it again",
    why: "it runs, with its new configuration",
    resources: withData(
      script("systemctl stop amazon-ssm-agent", "cp seelog.xml /etc/amazon/ssm/", "systemctl start amazon-ssm-agent"),
    ),
  },
  {
    title: "user data that restarts the agent on one line",
    why: "the last command counts",
    resources: withData(script("service amazon-ssm-agent stop && service amazon-ssm-agent start")),
  },
  {
    title: "user data that starts the agent and then stops it",
    why: "the last command counts",
    resources: withData(script("systemctl start amazon-ssm-agent", "systemctl stop amazon-ssm-agent")),
    blocks: removed,
  },
  {
    title: "a disabled service on Windows",
    why: "the agent does not start",
    resources: onWindows(windows("Set-Service -Name AmazonSSMAgent -StartupType Disabled")),
    blocks: removed,
  },
  {
    title: "a service on Windows that is started at once",
    why: "that is how it should be",
    resources: onWindows(
      windows(
        "Stop-Service AmazonSSMAgent",
        "Set-Service AmazonSSMAgent -StartupType Automatic",
        "Start-Service AmazonSSMAgent",
      ),
    ),
  },
  {
    title: "a file of a repository on the internet, endpoints only",
    why: "dnf reads it at every update",
    resources: withData(repositoryAt("https://packages.example.com/el9/")),
    blocks: adds("packages.example.com"),
  },
  {
    title: "a file of a repository on the internet behind NAT",
    why: "it is reached",
    resources: stack(endpointsAndNat, set("web", { userData: repositoryAt("https://packages.example.com/el9/") })),
  },
  {
    title: "a file of a repository that is disabled",
    why: "dnf does not read it",
    resources: withData(repositoryAt("https://packages.example.com/el9/", "enabled=0")),
  },
  {
    title: "a file of a repository in S3 of the region",
    why: "the gateway endpoint carries it, and its policy admits everything",
    resources: stack(endpointOnly, set("s3", { policy: undefined }), set("web", { userData: repositoryAt(inS3) })),
  },
  {
    title: "a file of a repository in S3 that the endpoint policy does not admit",
    why: "dnf reads it unsigned through the endpoint",
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
    title: "a file of a repository at a private address",
    why: "what is there, and whether it is reached, is not in the stack",
    resources: withData(repositoryAt("http://10.0.9.9/el9/")),
    leavesUnknown: ["repository"],
  },
  {
    title: "cloud-config that adds a repository on the internet",
    why: "its `yum_repos` become files of repositories",
    resources: withData(cloudConfig("yum_repos:", "  own:", "    baseurl: https://packages.example.com/el9/")),
    blocks: adds("packages.example.com"),
  },
  {
    title: "cloud-config that writes a file of a repository in base64",
    why: "it is the same file",
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
    title: "a file of a repository by curl, endpoints only",
    why: "the file and its packages are on the internet",
    resources: withData(script("curl -fsSL https://packages.example.com/own.repo -o /etc/yum.repos.d/own.repo")),
    blocks: adds("packages.example.com"),
  },
  {
    title: "a package that adds its repository, from the internet",
    why: "dnf reads that repository at every update",
    resources: withData(script("dnf install -y https://packages.example.com/example-release-9.noarch.rpm")),
    blocks: [
      "repository",
      `user data adds the repository of a package at \`packages.example.com\`, which is on the internet, and ${noRoute}`,
    ],
  },
  {
    title: "a package from the internet that adds no repository",
    why: "whether it is installed has no effect on patching",
    resources: withData(script("dnf install -y https://github.com/example/tool/releases/download/v1/tool.rpm")),
  },
  {
    title: "an installer of the agent that is deleted afterwards",
    why: "the agent itself stays",
    resources: onWindows(
      windows("Start-Process .\\AmazonSSMAgentSetup.exe -Wait", "Remove-Item .\\AmazonSSMAgentSetup.exe"),
    ),
  },
  {
    title: "curl of something else, endpoints only",
    why: "it adds no repository",
    resources: withData(script("curl -fsSL https://www.example.com/motd -o /etc/motd")),
  },
];
