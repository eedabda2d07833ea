import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";

/** A property of an args interface or of a component, as its declaration and doc comment have it. */
export interface Property {
  readonly name: string;
  readonly type: string;
  readonly description: string;
  readonly isOptional: boolean;
  /** What `@default` says. */
  readonly default: string | undefined;
}

export interface ArgsInterface {
  readonly name: string;
  readonly properties: readonly Property[];
}

/** What a component's source says of it. */
export interface ComponentSource {
  readonly name: string;
  /** Its type: `patchpath:topology:PatchTopology`. */
  readonly token: string;
  /** From the checkout's root. */
  readonly file: string;
  readonly description: string;
  /** `aws.ec2.Vpc`, or the name of another component, in the order of the source, by functions that it calls too. */
  readonly makes: readonly string[];
  readonly args: readonly Property[];
  /** What the arguments are made of, and what that is made of. */
  readonly interfaces: readonly ArgsInterface[];
  readonly outputs: readonly Property[];
}

/** IAM's own, and explained there; and what only a lookup makes. */
const explainedElsewhere = ["PolicyStatement", "FoundNetwork", "FoundEndpoints"];

const folder = join(__dirname, "..", "components");

/** Every component, in the order of its name. */
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
        makes: madeIn(one, names, functions),
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

/** Interfaces by name, with what they inherit: `extends A`, `Omit<A, …>` and `Pick<A, "x" | "y">` of our own interfaces. */
class InterfaceReader {
  constructor(readonly interfaces: readonly ts.InterfaceDeclaration[]) {}

  propertiesOf(name: string): Property[] {
    const found = this.interfaces.find((one) => one.name.text === name);
    if (!found) throw new Error(`components/ has no interface ${name}`);
    const own = found.members.filter(ts.isPropertySignature).map(propertyOf);
    return [...own, ...heritageOf(found).flatMap((base) => this.#inherited(base))];
  }

  /** The interfaces that types name, and those that these name, but for the arguments of components. */
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

/** The type of the constructor's second parameter. */
function argsTypeOf(node: ts.ClassDeclaration): string {
  const args = node.members.find(ts.isConstructorDeclaration)?.parameters[1]?.type?.getText();
  if (args === undefined) throw new Error(`the constructor of ${nameOf(node)} has no type for its second parameter`);
  return args;
}

function isPublicProperty(member: ts.ClassElement): member is ts.PropertyDeclaration {
  return ts.isPropertyDeclaration(member) && !ts.isPrivateIdentifier(member.name);
}

/** What a declaration says of itself. */
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

/** Comments and line breaks inside of a type are no part of it. */
function oneLine(text: string): string {
  return text
    .replace(/\/\*.*?\*\/|\/\/.*$/gms, "")
    .replace(/\s+/g, " ")
    .replace(/< | >/g, (bracket) => bracket.trim())
    .trim();
}

function madeIn(node: ts.Node, components: readonly string[], functions: readonly ts.FunctionDeclaration[]): string[] {
  const made = new Set<string>();
  const called = new Set<ts.Node>();
  const visit = (inner: ts.Node) => {
    if (ts.isNewExpression(inner)) {
      const type = inner.expression.getText();
      if (type.startsWith("aws.") || components.includes(type)) made.add(type);
    }
    if (ts.isCallExpression(inner)) follow(inner.expression.getText());
    inner.forEachChild(visit);
  };
  /** A function of components/ beside the class; those inside of it are visited with it. */
  const follow = (name: string) => {
    const callee = functions.find((one) => one.name?.text === name);
    if (!callee || called.has(callee)) return;
    called.add(callee);
    callee.forEachChild(visit);
  };
  visit(node);
  return [...made];
}
