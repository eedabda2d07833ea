/** The resources, invokes and nested objects of @pulumi/aws, read from its type definitions. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as ts from "typescript";

export interface Shape {
  inputs: Record<string, string>;
  required: string[];
}

export const sdk = dirname(createRequire(__filename).resolve("@pulumi/aws/package.json"));
/** The nested objects of all shapes that were asked for, by their qualified name. */
export const objects: Record<string, Shape> = {};

export function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(join(sdk, file), "utf8"), ts.ScriptTarget.ES2022, false);
}

/** All interfaces of types/input.d.ts by their qualified name, `ec2.VpcEndpointDnsOptions`. */
function nestedInterfaces(): Map<string, ts.InterfaceDeclaration> {
  const found = new Map<string, ts.InterfaceDeclaration>();
  const visit = (node: ts.Node, prefix: string) => {
    if (ts.isInterfaceDeclaration(node)) found.set(prefix + node.name.text, node);
    else if (ts.isModuleDeclaration(node) && node.body) visit(node.body, `${prefix}${node.name.text}.`);
    else if (ts.isSourceFile(node) || ts.isModuleBlock(node))
      node.statements.forEach((child) => {
        visit(child, prefix);
      });
  };
  visit(parse("types/input.d.ts"), "");
  return found;
}

const nested = nestedInterfaces();

function shapeOf(declaration: ts.InterfaceDeclaration): Shape {
  const shape: Shape = { inputs: {}, required: [] };
  for (const member of declaration.members) {
    if (!ts.isPropertySignature(member) || !member.type || !ts.isIdentifier(member.name)) continue;
    shape.inputs[member.name.text] = typeOf(member.type);
    if (!member.questionToken) shape.required.push(member.name.text);
  }
  return shape;
}

function typeOf(node: ts.TypeNode): string {
  if (ts.isUnionTypeNode(node)) {
    const alternatives = node.types.map(typeOf).filter((type) => type !== "");
    return [...new Set(alternatives)].join("|");
  }
  if (ts.isArrayTypeNode(node)) return `${typeOf(node.elementType)}[]`;
  if (ts.isParenthesizedTypeNode(node)) return typeOf(node.type);
  if (ts.isTypeLiteralNode(node)) {
    const index = node.members.find(ts.isIndexSignatureDeclaration);
    return index ? `${typeOf(index.type)}{}` : "any";
  }
  if (ts.isTypeReferenceNode(node)) return typeOfReference(node);
  if (node.kind === ts.SyntaxKind.StringKeyword) return "string";
  if (node.kind === ts.SyntaxKind.NumberKeyword) return "number";
  if (node.kind === ts.SyntaxKind.BooleanKeyword) return "boolean";
  return node.kind === ts.SyntaxKind.UndefinedKeyword ? "" : "any";
}

function typeOfReference(node: ts.TypeReferenceNode): string {
  const name = nameOf(node.typeName);
  if (/^pulumi\.(Input|Output)$/.test(name)) return typeOf(node.typeArguments![0]!);
  if (name.startsWith("pulumi.asset.")) return "asset";
  if (name.startsWith("inputs.")) {
    const object = name.slice("inputs.".length);
    if (!(object in objects)) {
      const declaration = nested.get(object);
      if (!declaration) throw new Error(`types/input.d.ts has no ${object}`);
      objects[object] = { inputs: {}, required: [] }; // first, since an object may contain itself
      objects[object] = shapeOf(declaration);
    }
    return `@${object}`;
  }
  return "string"; // an enum, an ARN, or a resource, of which the id or name is sent
}

function nameOf(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : `${nameOf(name.left)}.${name.right.text}`;
}

/** `aws:ec2/vpc:Vpc` is declared in ec2/vpc.d.ts. */
function fileOf(token: string): { file: string; name: string } {
  const [, path = "", name = ""] = token.split(":");
  return { file: `${path.replace(/^index\//, "")}.d.ts`, name };
}

function declarationIn(source: ts.SourceFile, name: string): ts.InterfaceDeclaration | undefined {
  return source.statements.find(
    (node): node is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(node) && node.name.text === name,
  );
}

export function resource(token: string): Shape & { outputs: string[] } {
  const { file, name } = fileOf(token);
  const source = parse(file);
  const args = declarationIn(source, `${name}Args`);
  const declared = source.statements.find((node) => ts.isClassDeclaration(node) && node.name?.text === name);
  if (!args || !declared || !ts.isClassDeclaration(declared))
    throw new Error(`${file} has no ${name} with ${name}Args`);
  const outputs = declared.members.flatMap((member) =>
    ts.isPropertyDeclaration(member) &&
    ts.isIdentifier(member.name) &&
    !member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword)
      ? [member.name.text]
      : [],
  );
  return { ...shapeOf(args), outputs };
}

/** Of the result, only the names are read. */
export function invoke(token: string): Shape & { outputs: string[] } {
  const { file, name } = fileOf(token);
  const source = parse(file);
  const prefix = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const args = declarationIn(source, `${prefix}Args`);
  const result = declarationIn(source, `${prefix}Result`);
  const outputs = result ? Object.keys(shapeOf(result).inputs) : [];
  return { ...(args ? shapeOf(args) : { inputs: {}, required: [] }), outputs };
}
