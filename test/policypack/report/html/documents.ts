import { JSDOM, type ShownElement } from "jsdom";
import { parsePolicy } from "../../../../policypack/iam/parse";
import { explainPolicy } from "../../../../policypack/report/policy-report";
import { json } from "../../rules/examples";

export const page = { remarks: [], width: 100, colour: false, version: "1.2.3" };

/** A page as a browser without scripts reads it. */
export const read = (text: string) => new JSDOM(text).window.document;

export const textsOf = (all: Iterable<ShownElement>) =>
  [...all].map(({ textContent }) => textContent.replace(/\s+/g, " ").trim());

/** What is explained of an endpoint policy with these statements. */
export function policyOf(...statements: readonly object[]) {
  const { document, problems } = parsePolicy(json(...statements), "endpoint");
  return explainPolicy("policy.json", document!, problems, "eu-west-1", ["amazon-linux-2023"]);
}
