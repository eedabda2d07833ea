import { basename, dirname } from "node:path";
import * as ts from "typescript";
import type { EnumSpec, ObjectSpec, PropertySpec, TypeSpec } from "../components/provider/schema";
import { type Property, propertyOf } from "./component-source";

type NamedType = ObjectSpec | EnumSpec;

/** Where a type is used, from which an unnamed type gets its name: `topology` and `TopologyFleetSize`. */
interface Place {
  readonly module: string;
  readonly name: string;
  /** The node in the source, since the compiler does not keep the name of `type Region = keyof typeof regions`. */
  readonly node?: ts.TypeNode | undefined;
}

const packageName = "patchpath";

/** Parts of JSON documents with keys of AWS in every language: with a type in the schema, SDKs would rename them. */
const documents = ["PolicyStatement"];

/** Converts the TypeScript types of arguments and outputs to types of the schema. A type without a counterpart is an error. */
export class SchemaTypes {
  readonly #named = new Map<string, NamedType>();

  constructor(readonly checker: ts.TypeChecker) {}

  /** By token, sorted. */
  get named(): Record<string, NamedType> {
    return Object.fromEntries([...this.#named].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /**
   * The properties of an object type, of a component those that are public.
   *
   * @param isPlain whether those that are no `Input` are plain; outputs never are
   */
  objectOf(type: ts.Type, place: Place, isPlain = true): Pick<ObjectSpec, "properties" | "required"> {
    const symbols = this.checker.getPropertiesOfType(type).filter(isData);
    const properties = symbols.map((symbol) => [symbol.name, this.#property(symbol, place, isPlain)] as const);
    const required = symbols.filter((symbol) => !this.#mayBeAbsent(symbol)).map(({ name }) => name);
    return { properties: Object.fromEntries(properties), required: required.sort() };
  }

  #mayBeAbsent(symbol: ts.Symbol): boolean {
    const type = this.checker.getTypeOfSymbol(symbol);
    return Boolean(symbol.flags & ts.SymbolFlags.Optional) || type !== this.checker.getNonNullableType(type);
  }

  #property(symbol: ts.Symbol, within: Place, isPlain: boolean): PropertySpec {
    const declaration = declarationOf(symbol);
    const place = placeOf(declaration, within);
    const spec = this.#spec(
      this.checker.getNonNullableType(this.checker.getTypeOfSymbol(symbol)),
      { ...place, name: `${place.name}${capitalized(symbol.name)}`, node: declaration.type },
      isPlain,
    );
    const source = propertyOf(declaration);
    const value = source.default === undefined ? undefined : this.#literal(source.default, spec);
    const description = describe(source, value !== undefined);
    return { ...spec, ...(description && { description }), ...(value !== undefined && { default: value }) };
  }

  /** `@default - none` is text and stays in the description. A value must be valid for the type. */
  #literal(text: string, spec: TypeSpec): string | number | boolean | undefined {
    if (text.startsWith("-")) return undefined;
    const named = spec.$ref === undefined ? undefined : this.#named.get(tokenOf(spec.$ref));
    if (named?.type === "string" && named.enum.some(({ value }) => value === text)) return text;
    if (spec.type === "string") return text;
    if (spec.type === "boolean" && /^(true|false)$/.test(text)) return text === "true";
    if (spec.type === "integer" && /^\d+$/.test(text)) return Number(text);
    throw new Error(`\`@default ${text}\` is not a value of its type; write \`@default - TEXT\` for anything else`);
  }

  /** @param isPlain whether the value is known before anything is created, and so is not in an `Input` */
  #spec(type: ts.Type, place: Place, isPlain: boolean): TypeSpec {
    const later = laterValueOf(type);
    if (later) return this.#spec(later, place, false);
    const plain = isPlain ? ({ plain: true } as const) : {};
    if (type.flags & ts.TypeFlags.String) return { type: "string", ...plain };
    // All numbers of the components are integers: instances, days, hours, GiB.
    if (type.flags & ts.TypeFlags.Number) return { type: "integer", ...plain };
    if (type.flags & ts.TypeFlags.BooleanLike) return { type: "boolean", ...plain };
    if (isText(type)) return { ...this.#enumeration(type, place), ...plain };
    if (type.isUnion() && type.types.every(isClass)) return this.#oneOfComponents(type, place);
    if (type.isUnion()) return this.#union(type, place, isPlain);
    if (this.checker.isArrayType(type)) {
      const [item] = this.checker.getTypeArguments(type as ts.TypeReference);
      return { type: "array", items: this.#spec(item!, place, isPlain), ...plain };
    }
    if (type.flags & ts.TypeFlags.Object) return { ...this.#object(type, place, isPlain), ...plain };
    throw new Error(
      `\`${place.name}\` is of the type \`${this.checker.typeToString(type)}\`, which a schema cannot describe`,
    );
  }

  #union(type: ts.UnionType, place: Place, isPlain: boolean): TypeSpec {
    // `true` and `false` are separate types in a union.
    const isBoolean = ({ flags }: ts.Type) => Boolean(flags & ts.TypeFlags.BooleanLiteral);
    const others = type.types.filter((one) => !isBoolean(one)).map((one) => this.#spec(one, place, isPlain));
    const plain = isPlain ? ({ plain: true } as const) : {};
    const booleans: TypeSpec[] = type.types.some(isBoolean) ? [{ type: "boolean", ...plain }] : [];
    return { oneOf: [...booleans, ...others], ...plain };
  }

  /** SDKs do not support a union of objects in outputs: it becomes an object with the properties of all of them. */
  #oneOfComponents({ types }: ts.UnionType, place: Place): TypeSpec {
    return this.#reference(place, () => {
      const all = types.map((one) => this.objectOf(one, place, false));
      const [first, ...others] = all.map(({ required }) => required);
      const required = first!.filter((name) => others.every((other) => other.includes(name)));
      return {
        type: "object",
        properties: Object.assign({}, ...all.map(({ properties }) => properties)) as ObjectSpec["properties"],
        required,
      };
    });
  }

  #enumeration(type: ts.Type, place: Place): TypeSpec {
    const values = (type.isUnion() ? type.types : [type]).map((one) => (one as ts.StringLiteralType).value);
    const alias = ownAlias(type) ?? this.#aliasIn(place.node, type);
    return this.#reference(alias ? placeOf(alias.declarations![0]!, place, alias.name) : place, () => ({
      type: "string",
      ...described(alias),
      enum: values.map((value) => ({ value })),
    }));
  }

  /** The alias of a type in the source. */
  #aliasIn(node: ts.Node | undefined, type: ts.Type): ts.Symbol | undefined {
    if (!node) return undefined;
    if (ts.isTypeReferenceNode(node) && this.checker.getTypeFromTypeNode(node) === type) {
      const symbol = this.checker.getSymbolAtLocation(node.typeName);
      const named = symbol && symbol.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(symbol) : symbol;
      if (named?.declarations?.some((one) => !isForeign(one))) return named;
    }
    return ts.forEachChild(node, (child) => this.#aliasIn(child, type));
  }

  #object(type: ts.Type, place: Place, isPlain: boolean): TypeSpec {
    const index = this.checker.getIndexInfosOfType(type)[0];
    if (index) return { type: "object", additionalProperties: this.#spec(index.type, place, isPlain) };
    const keys = this.checker.getPropertiesOfType(type);
    // A `Record` with given keys, whose properties have no declaration.
    if (keys.length > 0 && keys.every(({ declarations }) => !declarations)) {
      const value = this.checker.getNonNullableType(this.checker.getTypeOfSymbol(keys[0]!));
      return { type: "object", additionalProperties: this.#spec(value, place, isPlain) };
    }
    const own = ownName(type);
    if (own && documents.includes(own.name)) return { $ref: "pulumi.json#/Any" };
    const isComponent = isClass(type);
    if (isComponent) refuseOtherResources(own!);
    const name = own && `${own.name.replace(/Args$/, "")}${isComponent ? "Outputs" : ""}`;
    const named = own ? placeOf(own.declarations![0]!, place, name) : place;
    return this.#reference(named, () => ({
      type: "object",
      ...described(own),
      ...this.objectOf(type, named, !isComponent),
    }));
  }

  #reference({ module, name }: Place, create: () => NamedType): TypeSpec {
    const token = `${packageName}:${module}:${name}`;
    const created = create();
    const known = this.#named.get(token);
    if (known && JSON.stringify(known) !== JSON.stringify(created)) {
      throw new Error(`two types are named \`${token}\`; declare an interface or a type alias for one of them`);
    }
    this.#named.set(token, created);
    return { $ref: `#/types/${token}` };
  }
}

/** `#/types/patchpath:topology:Topology` without its prefix. */
export function tokenOf(reference: string): string {
  return reference.replace(/^#\/types\//, "");
}

/** T of `Input<T>` or `Output<T>`. */
function laterValueOf(type: ts.Type): ts.Type | undefined {
  const isLater = type.aliasSymbol?.name === "Input" || type.aliasSymbol?.name === "Output";
  return isLater ? type.aliasTypeArguments?.[0] : undefined;
}

function isText(type: ts.Type): boolean {
  return type.isUnion() ? type.types.every((one) => one.isStringLiteral()) : type.isStringLiteral();
}

function isClass(type: ts.Type): boolean {
  return type.isClass();
}

/** Fields, not methods or getters: both are computed from fields. */
function isData(symbol: ts.Symbol): boolean {
  const declaration = symbol.valueDeclaration;
  if (!declaration) return true;
  if (ts.isPropertySignature(declaration)) return true;
  return (
    ts.isPropertyDeclaration(declaration) &&
    !ts.isPrivateIdentifier(declaration.name) &&
    !isForeign(declaration) &&
    !(
      ts.getCombinedModifierFlags(declaration) &
      (ts.ModifierFlags.NonPublicAccessibilityModifier | ts.ModifierFlags.Static)
    )
  );
}

function declarationOf(symbol: ts.Symbol): ts.PropertySignature | ts.PropertyDeclaration {
  const declaration = symbol.declarations?.[0];
  if (declaration && (ts.isPropertySignature(declaration) || ts.isPropertyDeclaration(declaration))) return declaration;
  throw new Error(`\`${symbol.name}\` is not declared as a property`);
}

/** Declared outside components/ and the pack: in the library of TypeScript, or in Pulumi. */
function isForeign(node: ts.Node): boolean {
  return /\/(typescript|@pulumi)\//.test(node.getSourceFile().fileName);
}

/** The alias of a type, unless it is `Pick` or another one of TypeScript. */
function ownAlias({ aliasSymbol }: ts.Type): ts.Symbol | undefined {
  return aliasSymbol?.declarations?.some((one) => !isForeign(one)) ? aliasSymbol : undefined;
}

/** The interface, class or alias that names an object type. */
function ownName(type: ts.Type): ts.Symbol | undefined {
  const isNamed = type.symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.Class);
  return isNamed ? type.symbol : ownAlias(type);
}

function refuseOtherResources(symbol: ts.Symbol): void {
  if (symbol.declarations!.some(isForeign))
    throw new Error(`\`${symbol.name}\` is a resource, which a schema cannot describe`);
}

/** The module is the folder; the name is that of the interface, without `Args`. */
function placeOf(node: ts.Node, within: Place, name?: string): Place {
  const file = node.getSourceFile().fileName;
  const module = basename(dirname(file));
  if (name !== undefined) return { module, name };
  const { parent } = node;
  if (ts.isInterfaceDeclaration(parent)) return { module, name: parent.name.text.replace(/Args$/, "") };
  return within;
}

function describe(source: Property, hasValue: boolean): string {
  const otherwise =
    source.default === undefined || hasValue ? [] : [`Default: ${source.default.replace(/^-\s*/, "")}.`];
  return [source.description, ...otherwise].filter(Boolean).join(" ").replace(/\s+/g, " ").trim();
}

function described(symbol: ts.Symbol | undefined): { readonly description?: string } {
  const text = symbol ? ts.displayPartsToString(symbol.getDocumentationComment(undefined)).replace(/\s+/g, " ") : "";
  return text ? { description: text } : {};
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
