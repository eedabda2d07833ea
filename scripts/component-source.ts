import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";

/** A property of an args interface or of a component, from its declaration and doc comment. */
export interface Property {
  readonly name: string;
  readonly type: string;
  readonly description: string;
  readonly isOptional: boolean;
  /** The text of `@default`. */
  readonly default: string | undefined;
}

export interface ArgsInterface {
  readonly name: string;
  readonly properties: readonly Property[];
}

/** A component, from its source. */
export interface ComponentSource {
  readonly name: string;
  /** The type token: `patchpath:topology:PatchTopology`. */
  readonly token: string;
  /** Path from the root of the checkout. */
  readonly file: string;
  readonly description: string;
  /** Resources that it creates: `aws.ec2.Vpc`, or the name of another component, in the order of the source, including functions that it calls. */
  readonly creates: readonly string[];
  readonly args: readonly Property[];
  /** The interfaces of the arguments, and the interfaces that these use. */
  readonly interfaces: readonly ArgsInterface[];
  readonly outputs: readonly Property[];
}

/** Interfaces that the documentation of IAM explains, or that only a lookup returns. */
const explainedElsewhere = ["PolicyStatement", "ExistingNetwork", "ExistingEndpoints"];

const folder = join(__dirname, "..", "components");

/** All components, sorted by name. */
export function readComponents(): ComponentSource[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    /^(?!bin\b|node_modules\b).*\.ts$/.test(file),
  );
  const statements = files.flatMap((file) => [...parsed(file).statements]);
  const classes = statements
    .filter(ts.isClassDeclaration)
    .filter((one) => heritageOf(one).some((base) => base.expression.getText() === "pulumi.ComponentResource"));
  const reader = new InterfaceReader(statements.filter(ts.isInterfaceDeclaration));
  const functions = statements.filter(ts.isFunctionDeclaration);
  const names = classes.map(nameOf);
  return classes
    .map((one): ComponentSource => {
      const args = reader.propertiesOf(argsTypeOf(one));
      const file = one.getSourceFile().fileName;
      return {
        name: nameOf(one),
        token: `patchpath:${file.split("/")[0] ?? ""}:${nameOf(one)}`,
        file: `components/${file}`,
        description: descriptionOf(one),
        creates: createdIn(one, names, functions),
        args,
        interfaces: reader.namedIn(args.map(({ type }) => type)),
        outputs: one.members.filter(isPublicProperty).map(propertyOf),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function parsed(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(join(folder, file), "utf8"), ts.ScriptTarget.ES2022, true);
}

/** Interfaces by name, with what they inherit: `extends A`, `Omit<A, …>` and `Pick<A, "x" | "y">` of interfaces in components/. */
class InterfaceReader {
  constructor(readonly interfaces: readonly ts.InterfaceDeclaration[]) {}

  propertiesOf(name: string): Property[] {
    const found = this.interfaces.find((one) => one.name.text === name);
    if (!found) throw new Error(`components/ has no interface ${name}`);
    const own = found.members.filter(ts.isPropertySignature).map(propertyOf);
    return [...own, ...heritageOf(found).flatMap((base) => this.#inherited(base))];
  }

  /** The interfaces that types use, and those that these use, except the arguments of components. */
  namedIn(types: readonly string[]): ArgsInterface[] {
    const found = new Map<string, readonly Property[]>();
    const add = (type: string) => {
      for (const name of type.match(/\b\w+\b/g) ?? []) {
        if (found.has(name) || !this.#isExplainedHere(name)) continue;
        const properties = this.propertiesOf(name);
        found.set(name, properties);
        for (const { type: inner } of properties) add(inner);
      }
    };
    for (const type of types) add(type);
    return [...found].map(([name, properties]) => ({ name, properties }));
  }

  #isExplainedHere(name: string): boolean {
    if (name.endsWith("Args") || explainedElsewhere.includes(name)) return false;
    return this.interfaces.some((one) => one.name.text === name);
  }

  #inherited({ expression, typeArguments }: ts.ExpressionWithTypeArguments): Property[] {
    const utility = expression.getText();
    if (utility !== "Pick" && utility !== "Omit") return this.propertiesOf(utility);
    const [base, keys] = typeArguments?.map((argument) => argument.getText()) ?? [];
    const isNamed = ({ name }: Property) => keys?.includes(`"${name}"`) ?? false;
    return this.propertiesOf(base ?? "").filter((property) => isNamed(property) === (utility === "Pick"));
  }
}

function heritageOf(node: ts.ClassDeclaration | ts.InterfaceDeclaration): ts.ExpressionWithTypeArguments[] {
  const clauses = node.heritageClauses ?? [];
  return clauses.filter(({ token }) => token === ts.SyntaxKind.ExtendsKeyword).flatMap(({ types }) => [...types]);
}

function nameOf({ name }: ts.ClassDeclaration): string {
  return name?.text ?? "";
}

/** The type of the second parameter of the constructor. */
function argsTypeOf(node: ts.ClassDeclaration): string {
  const args = node.members.find(ts.isConstructorDeclaration)?.parameters[1]?.type?.getText();
  if (args === undefined) throw new Error(`the constructor of ${nameOf(node)} has no type for its second parameter`);
  return args;
}

function isPublicProperty(member: ts.ClassElement): member is ts.PropertyDeclaration {
  return ts.isPropertyDeclaration(member) && !ts.isPrivateIdentifier(member.name);
}

/** A property from its declaration. */
export function propertyOf(member: ts.PropertySignature | ts.PropertyDeclaration): Property {
  const defaults = ts.getJSDocTags(member).filter(({ tagName }) => tagName.text === "default");
  return {
    name: member.name.getText(),
    type: oneLine(member.type?.getText() ?? ""),
    description: descriptionOf(member),
    isOptional: member.questionToken !== undefined,
    default: defaults.map(({ comment }) => oneLine(ts.getTextOfJSDocComment(comment) ?? ""))[0],
  };
}

/** The doc comment without its tags. */
function descriptionOf(node: ts.Node): string {
  const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return comments.map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "").join("\n\n");
}

/** Comments and line breaks in a type are not part of it. */
function oneLine(text: string): string {
  return text
    .replace(/\/\*.*?\*\/|\/\/.*$/gms, "")
    .replace(/\s+/g, " ")
    .replace(/< | >/g, (bracket) => bracket.trim())
    .trim();
}

function createdIn(
  node: ts.Node,
  components: readonly string[],
  functions: readonly ts.FunctionDeclaration[],
): string[] {
  const created = new Set<string>();
  const called = new Set<ts.Node>();
  const visit = (inner: ts.Node) => {
    if (ts.isNewExpression(inner)) {
      const type = inner.expression.getText();
      if (type.startsWith("aws.") || components.includes(type)) created.add(type);
    }
    if (ts.isCallExpression(inner)) follow(inner.expression.getText());
    inner.forEachChild(visit);
  };
  /** A function of components/ outside the class; those inside are visited with it. */
  const follow = (name: string) => {
    const callee = functions.find((one) => one.name?.text === name);
    if (!callee || called.has(callee)) return;
    called.add(callee);
    callee.forEachChild(visit);
  };
  visit(node);
  return [...created];
}
