import { controlPlaneServices } from "../facts/endpoints";
import { callContext } from "../iam/context";
import type { PolicyDocument, Statement } from "../iam/document";
import { compileGlob, matches } from "../iam/glob";
import { grants } from "../iam/grants";
import type { PlacedEndpoint } from "../stack/endpoints";
import type { Fleet } from "../stack/fleets";
import { type Script, scriptsOf } from "../stack/scripts";
import type { Stack } from "../stack/stack";
import { pathThrough, policyInForce, signerOf } from "./endpoint-policy";
import { type HopVerdict, blocked, unknown } from "./hop";
import { egressOf } from "./subnet-egress";

/** A call that a script of our documents makes and does not work without, in addition to the calls of the agent. */
interface DocumentCall {
  readonly service: (typeof controlPlaneServices)[number];
  readonly action: string;
  /** The line with the call, by which the script is known to be ours: a script of others may not depend on it. */
  readonly line: RegExp;
  /** The parameter of the script that names what is called. With the value `none`, the call is not made. */
  readonly parameter: string;
  readonly purpose: string;
}

/** Of components/wsus/set-certificate.ps1 and set-client.ps1. Calls that may fail without an effect on patching are left out. */
const documentCalls: readonly DocumentCall[] = [
  {
    service: "ssm",
    action: "ssm:PutParameter",
    line: /\bWrite-SSMParameter -Name \$CertificateParameter\b/,
    parameter: "CertificateParameter",
    purpose: "publishes the certificate that clients of the WSUS server trust",
  },
  {
    service: "ssm",
    action: "ssm:GetParameter",
    line: /\bGet-SSMParameter -Name \$CertificateParameter\b/,
    parameter: "CertificateParameter",
    purpose: "reads the certificate that clients of the WSUS server trust",
  },
];

/** What the policies of the endpoints do not allow of the calls of our own documents that run on a fleet. */
export function documentCallsOf(stack: Stack, fleet: Fleet): HopVerdict[] {
  const needed = scriptsOf(stack, fleet).flatMap((script) => callsOf(script).map((call) => ({ script, ...call })));
  if (needed.length === 0) return []; // as for most fleets, whose paths then need not be looked up
  const endpoints = egressOf(stack, fleet, controlPlaneServices).flatMap(({ services }) =>
    needed.flatMap(({ call, ...one }) => {
      const egress = services[call.service]!;
      return egress.is === "endpoint" ? [{ ...one, call, endpoint: egress.endpoint }] : [];
    }),
  );
  return endpoints.flatMap((one) => denied(stack, fleet, one) ?? []);
}

interface NeededCall {
  readonly call: DocumentCall;
  /** The name of the parameter of Systems Manager; `undefined` if it is not known. */
  readonly name: string | undefined;
}

function callsOf({ lines }: Script): NeededCall[] {
  return documentCalls.flatMap((call) => {
    if (!lines.some((line) => call.line.test(line))) return [];
    const argument = new RegExp(`-${call.parameter} '([^']*)'`);
    const given = lines.map((line) => argument.exec(line)?.[1]).find((value) => value !== undefined);
    if (given === "none") return [];
    return [{ call, name: given?.includes("{{") ? undefined : given }];
  });
}

function denied(
  stack: Stack,
  fleet: Fleet,
  { call, name, script, endpoint }: NeededCall & { readonly script: Script; readonly endpoint: PlacedEndpoint },
): HopVerdict | undefined {
  const policy = policyInForce(endpoint);
  if (policy.is !== "document") return undefined; // the control plane has the same policy
  const { action, purpose } = call;
  const path = pathThrough(endpoint, signerOf(stack, fleet));
  const document = name === undefined ? policy.document : forParameter(policy.document, name, endpoint);
  const granted = grants([document], action, { caller: "instanceRole", context: callContext(path), path });
  if (granted === true) return undefined;
  const { resource } = endpoint;
  if (granted === false && script.runs === true && !script.isHidden) {
    return blocked(
      `the policy of the endpoint for \`${call.service}\` does not allow \`${action}\`, with which \`${script.resource.name}\` ${purpose}`,
      policy.evidence,
      `Allow \`${action}\` on ${name === undefined ? "the parameter" : `\`${name}\``} in the policy of the endpoint \`${resource.name}\`.`,
    );
  }
  return unknown(
    `whether the policy of \`${resource.name}\` allows \`${action}\`, with which \`${script.resource.name}\` ${purpose}`,
    policy.evidence,
  );
}

/** The statements that apply to one parameter, as if they were about everything. A policy variable leaves a statement as it is. */
function forParameter(document: PolicyDocument, name: string, { region, accountId }: PlacedEndpoint): PolicyDocument {
  const parameter = `parameter${name.startsWith("/") ? "" : "/"}${name}`;
  const statements = document.statements.flatMap((statement): Statement[] => {
    const { resources } = statement;
    if (!resources || resources.patterns.some((pattern) => pattern.includes("${"))) return [statement];
    const isNamed = resources.patterns.some((pattern) => {
      // An ARN that names an account is in a policy of this stack: while the account is not known, it is taken for the right one.
      const [, partition = "aws", , , account = ""] = pattern.split(":");
      const arn = `arn:${partition}:ssm:${region ?? ""}:${accountId ?? account}:${parameter}`;
      return matches(compileGlob(pattern), arn);
    });
    return isNamed === resources.negated ? [] : [{ ...statement, resources: { negated: false, patterns: ["*"] } }];
  });
  return { ...document, statements };
}
