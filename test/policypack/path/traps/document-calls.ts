import { json } from "../../rules/examples";
import { set, stack } from "./bases";
import type { Trap } from "./trap";
import { wsus } from "./wsus-base";

const ofAgent = ["ssm:Get*", "ssm:List*", "ssm:PutInventory", "ssm:PutComplianceItems", "ssm:Update*"];
const agent = { Effect: "Allow", Principal: "*", Action: ofAgent, Resource: "*" };
const putOn = (Resource: string, Effect = "Allow") => ({ ...agent, Effect, Action: "ssm:PutParameter", Resource });

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
];
