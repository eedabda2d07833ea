import { secretText } from "../../../../policypack/stack/special-values";
import { unknown } from "../../rules/analyze";
import { json } from "../../rules/examples";
import { plus, set, stack, vpcId, without } from "./bases";
import { throughNat, to } from "./routing-base";
import type { Trap } from "./trap";
import { anywhere, letsOut, port, toServer, wsus } from "./wsus-base";

const ofAgent = ["ssm:Get*", "ssm:List*", "ssm:PutInventory", "ssm:PutComplianceItems", "ssm:Update*"];
const agent = { Effect: "Allow", Principal: "*", Action: ofAgent, Resource: "*" };
const putOn = (Resource: string | readonly string[], Effect = "Allow") => ({
  ...agent,
  Effect,
  Action: "ssm:PutParameter",
  Resource,
});

/** The lines of set-certificate.ps1. */
const certificate = [
  "Install-WindowsFeature -Name UpdateServices -IncludeManagementTools",
  "& {",
  "    if ((Get-SSMParameter -Name $CertificateParameter -Region $Region).Value -ne $value) {",
  "        Write-SSMParameter -Name $CertificateParameter -Value $value -Type String -Overwrite $true -Region $Region",
  "    }",
  "} -CertificateParameter '{{ CertificateParameter }}'",
];

const script = (lines: readonly string[]) =>
  set("server-document", {
    content: JSON.stringify({
      schemaVersion: "2.2",
      mainSteps: [{ action: "aws:runPowerShellScript", name: "run", inputs: { runCommand: lines } }],
    }),
  });

const server = (statements: readonly object[], parameter = "/wsus/certificate", lines = certificate) =>
  stack(
    wsus,
    script(lines),
    set("install", { parameters: { CertificateParameter: parameter } }),
    set("ssm", { policy: json(agent, ...statements) }),
  );

const parameterArn = "arn:aws:ssm:eu-west-1:111122223333:parameter";
const roleArn = "arn:aws:iam::111122223333:role/instances";
const isDenied =
  "the policy of the endpoint for `ssm` does not allow `ssm:PutParameter`, with which `install` publishes the certificate that clients of the WSUS server trust";

export const documentCalls: readonly Trap[] = [
  {
    title: "an endpoint policy that allows the agent's actions but not those of the WSUS server's setup",
    why: "the server calls Systems Manager through that endpoint, and its clients wait for the certificate",
    resources: server([]),
    blocks: ["repository", isDenied],
  },
  {
    title: "an endpoint policy that allows the server to write another parameter",
    why: "the server writes the certificate to `/wsus/certificate`",
    resources: server([putOn(`${parameterArn}/wsus/state`)]),
    blocks: ["repository", isDenied],
  },
  {
    title: "an endpoint policy that denies writing the server's parameter",
    why: "an explicit Deny overrides any Allow",
    resources: server([putOn("*"), putOn(`${parameterArn}/wsus/*`, "Deny")]),
    blocks: ["repository", isDenied],
  },
  {
    title: "an endpoint policy that allows the server to write its parameter",
    why: "the server writes no other parameter",
    resources: server([putOn(`${parameterArn}/wsus/cert*`)]),
  },
  {
    title: "an endpoint policy that denies writing another parameter than the server's",
    why: "the Deny does not apply to the server's parameter",
    resources: server([putOn("*"), putOn(`${parameterArn}/other/*`, "Deny")]),
  },
  {
    title: "a server whose clients already trust its certificate authority",
    why: "the server publishes no certificate",
    resources: server([], "none"),
  },
  {
    title: "another script that writes a parameter",
    why: "whether the script depends on that call cannot be determined",
    resources: server([], "/wsus/certificate", [certificate[0]!, "Write-SSMParameter -Name /mine -Value 1"]),
  },
  {
    title: "an endpoint policy that allows the server to write several parameters, one of them its own",
    why: "one match is enough",
    resources: server([putOn([`${parameterArn}/other`, `${parameterArn}/wsus/certificate`])]),
  },
  {
    title: "an endpoint policy that allows the server to write a parameter whose name has no leading slash",
    why: "an ARN always has a slash between `parameter` and the name",
    resources: server([putOn(`${parameterArn}/wsus-certificate`)], "wsus-certificate"),
  },
  {
    title: "an endpoint policy that allows writing any parameter but one, which is not the server's",
    why: "NotResource applies to every other resource",
    resources: server([{ ...putOn("*"), Resource: undefined, NotResource: `${parameterArn}/other` }]),
  },
  {
    title: "an endpoint policy that allows writing any parameter but the server's",
    why: "NotResource does not apply to the parameter that it names",
    resources: server([{ ...putOn("*"), Resource: undefined, NotResource: `${parameterArn}/wsus/certificate` }]),
    blocks: ["repository", isDenied],
  },
  {
    title: "an endpoint policy with a policy variable in the ARN of the parameter",
    why: "the tag of the role, which the variable stands for, is not known",
    resources: server([putOn([`${parameterArn}/other`, `${parameterArn}/\${aws:PrincipalTag/team}/certificate`])]),
    leavesUnknown: ["repository"],
  },
  {
    title: "an endpoint policy that allows writing the parameter only from the VPC of the endpoint",
    why: "the server's call comes from that VPC",
    resources: server([{ ...putOn("*"), Condition: { StringEquals: { "aws:SourceVpc": vpcId } } }]),
    unknownAtPreview: ["control-plane"],
  },
  {
    title: "an endpoint policy that allows writing the parameter only to the role of the instances",
    why: "the server has the same role as its clients",
    resources: stack(server([{ ...putOn("*"), Principal: { AWS: roleArn } }]), set("instances", { arn: roleArn })),
    unknownAtPreview: ["control-plane"],
  },
  {
    title: "an endpoint policy that allows writing the parameter only to the organization",
    why: "whether the account is in that organization is not in the stack",
    resources: server([{ ...putOn("*"), Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } } }]),
    leavesUnknown: ["repository"],
  },
  {
    title: "an endpoint without a policy for a server that publishes its certificate",
    why: "the default policy allows all calls",
    resources: stack(server([]), set("ssm", { policy: undefined })),
  },
  {
    title: "a server that calls Systems Manager through a NAT gateway",
    why: "no endpoint policy applies to its calls",
    resources: stack(
      server([]),
      without("ssm", "ssmmessages"),
      plus(to("to-nat", "0.0.0.0/0", throughNat)),
      letsOut(port(443, anywhere), port(8531, toServer), port(8530, toServer)),
    ),
  },
  {
    title:
      "a server whose script takes the name of the parameter from elsewhere, and an endpoint policy for no parameter",
    why: "whichever parameter it is, the endpoint policy does not allow writing it",
    resources: server([], "", [...certificate.slice(0, -1), "} @arguments"]),
    blocks: ["repository", isDenied],
  },
  {
    title: "a server whose parameter is a secret, and an endpoint policy that allows the agent's actions only",
    why: "the secret may be `none`, with which the server publishes no certificate",
    resources: server([], secretText),
    leavesUnknown: ["repository"],
  },
  {
    title: "an association that may not run on the server, and an endpoint policy that allows the agent's actions only",
    why: "its targets are not known yet",
    resources: stack(server([]), set("install", { targets: unknown })),
    leavesUnknown: ["repository"],
  },
];
