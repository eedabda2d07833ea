import type { DocumentKind } from "../iam/document";
import { elementsOf, known, plain, read, readAsWritten, readText } from "./reading";

/** A policy document in a resource's inputs: JSON text, or an object. Documents that are not known yet are left out. */
export interface PolicyDocumentInput {
  /** Its place, as `inlinePolicies[0].policy`. */
  readonly property: string;
  readonly kind: DocumentKind;
  readonly source: unknown;
}

type Props = Readonly<Record<string, unknown>>;

/** Where the resource types of both providers keep policy documents. */
const places: Readonly<Record<string, (props: Props) => [property: string, kind: DocumentKind, source: unknown][]>> = {
  "aws:ec2/vpcEndpoint:VpcEndpoint": (props) => [at(props, "policy", endpointKind(props))],
  "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy": (props) => [at(props, "policy", "endpoint")],
  "aws:iam/role:Role": (props) => [
    at(props, "assumeRolePolicy", "trust"),
    ...inlinePolicies(props, "inlinePolicies", "policy"),
  ],
  "aws:iam/rolePolicy:RolePolicy": (props) => [at(props, "policy", "identity")],
  "aws:iam/policy:Policy": (props) => [at(props, "policy", "managed")],
  "aws-native:ec2:VpcEndpoint": (props) => [at(props, "policyDocument", endpointKind(props))],
  "aws-native:iam:Role": (props) => [
    at(props, "assumeRolePolicyDocument", "trust"),
    ...inlinePolicies(props, "policies", "policyDocument"),
  ],
  "aws-native:iam:RolePolicy": (props) => [at(props, "policyDocument", "identity")],
  "aws-native:iam:ManagedPolicy": (props) => [at(props, "policyDocument", "managed")],
};

function at(props: Props, property: string, kind: DocumentKind): [string, DocumentKind, unknown] {
  return [property, kind, known(plain(readAsWritten(props, property)))]; // AWS rejects an empty text
}

function inlinePolicies(props: Props, list: string, property: string): [string, DocumentKind, unknown][] {
  return elementsOf(read(props, list)).map((policy, i) => [
    `${list}[${i}].${property}`,
    "identity",
    known(plain(readAsWritten(known(policy), property))),
  ]);
}

function endpointKind(props: Props): DocumentKind {
  const type = readText(props, "vpcEndpointType");
  return type.is === "absent" || known(type) === "Gateway" ? "gateway-endpoint" : "endpoint";
}

/** The policy documents in a resource's inputs, as far as they are known. */
export function policyDocumentsIn(resource: { readonly type: string; readonly props: Props }): PolicyDocumentInput[] {
  return (places[resource.type]?.(resource.props) ?? []).flatMap(([property, kind, source]) =>
    source === undefined ? [] : [{ property, kind, source }],
  );
}
