import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";
import type { PackageSchema, ResourceSpec } from "../components/provider/schema";
import { type ComponentSource, readComponents } from "./component-source";
import { SchemaTypes } from "./schema-types";

/** Components that other languages cannot construct, and why. */
export const typeScriptOnly: Readonly<Record<string, string>> = {
  WsusUpdates: "its clients contain resources of the program; use `WsusServer` and `WsusClients` instead",
};

const root = join(__dirname, "..");
const folder = join(root, "components");

/**
 * The schema of the package `patchpath`: https://www.pulumi.com/docs/iac/guides/building-extending/packages/schema/. It is generated
 * from the types and doc comments of components/.
 *
 * @throws Error if a component that is not in `except` has an argument or output that a schema cannot describe
 */
export function componentSchema(except = typeScriptOnly): PackageSchema & Readonly<Record<string, unknown>> {
  const program = programOf(join(folder, "index.ts"));
  const types = new SchemaTypes(program.getTypeChecker());
  const components = readComponents().filter(({ name }) => !(name in except));
  const resources = components.map((component): [string, ResourceSpec] => [
    component.token,
    resourceOf(component, program, types),
  ]);
  const { version, description, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    version: string;
    description: string;
    license: string;
  };
  return {
    name: "patchpath",
    displayName: "Patchpath",
    version,
    description,
    license,
    keywords: ["pulumi", "aws", "patching", "category/infrastructure", "kind/component"],
    language: {
      csharp: { respectSchemaVersion: true },
      go: { respectSchemaVersion: true, generateResourceContainerTypes: true },
      java: {},
      nodejs: { respectSchemaVersion: true },
      python: { respectSchemaVersion: true, pyproject: { enabled: true } },
    },
    config: {},
    provider: {},
    types: types.named,
    resources: Object.fromEntries(resources),
  };
}

/** Without @pulumi/aws, whose declarations take almost ten seconds and are in no argument or output. */
export function programOf(entry: string): ts.Program {
  const { config } = ts.readConfigFile(join(root, "policypack", "tsconfig.json"), (file) =>
    readFileSync(file, "utf8"),
  ) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [], include: [] }, ts.sys, root);
  const host = ts.createCompilerHost(options);
  host.resolveModuleNameLiterals = (names, from, redirected, own) =>
    names.map(({ text }) =>
      text.startsWith("@pulumi/aws")
        ? { resolvedModule: undefined }
        : ts.resolveModuleName(text, from, own, host, undefined, redirected, ts.ModuleKind.CommonJS),
    );
  return ts.createProgram([entry], options, host);
}

function resourceOf(
  { name, file, description }: ComponentSource,
  program: ts.Program,
  types: SchemaTypes,
): ResourceSpec {
  const source = program.getSourceFile(join(root, file));
  const found = source?.statements.filter(ts.isClassDeclaration).find((one) => one.name?.text === name);
  const args = found?.members.find(ts.isConstructorDeclaration)?.parameters[1];
  if (!found || !args) throw new Error(`${file} has no component ${name}; export its file from components/index.ts`);
  const { checker } = types;
  const place = { module: file.split("/")[1] ?? "", name };
  try {
    const inputs = types.objectOf(checker.getTypeAtLocation(args), place);
    const outputs = types.objectOf(checker.getTypeAtLocation(found), { ...place, name: `${name}Outputs` }, false);
    return {
      description,
      isComponent: true,
      inputProperties: inputs.properties,
      requiredInputs: inputs.required,
      ...outputs,
    };
  } catch (error) {
    throw new Error(`${name} cannot be part of the schema: ${(error as Error).message}`, { cause: error });
  }
}
