import { readFileSync } from "node:fs";
import pulumi from "@pulumi/eslint-plugin";
import { createNodeResolver, importX } from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/** Who may import whom (docs/architecture.md): the arrows point down this list, never up. */
const packFolders = ["facts", "iam", "stack", "path", "report", "rules", "sources", "cli"];

/** The folders above that sources/ must not import: it reads files into resources, and judges nothing. */
const notForSources = ["path", "report", "rules"];

/** For each folder of the pack, the folders that it must not import: all that stand above it. */
const directionOfImports = packFolders.map((folder, depth) => ({
  files: [`policypack/${folder}/**/*.ts`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          ...[...(folder === "sources" ? notForSources : []), ...packFolders.slice(depth + 1)].map((above) => ({
            group: [`**/${above}/*`, `**/${above}`],
            message: `${folder}/ must not import from ${above}/: imports go rules, cli → report → path → stack → iam → facts, and cli → sources → stack.`,
          })),
          { group: ["**/components/**", "@patchpath/*"], message: "policypack/ imports nothing outside itself." },
          {
            group: ["@pulumi/aws", "@pulumi/aws/*"],
            message: "The pack never loads @pulumi/aws, which takes most of a second: it matches type strings.",
          },
          ...(folder === "rules"
            ? []
            : [{ group: ["@pulumi/*"], message: `${folder}/ is pure: only rules/ and index.ts know Pulumi.` }]),
        ],
      },
    ],
  },
}));

const { workspaces } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));

/**
 * A package may import what its own package.json lists: npm hoists what others list to where its code finds it as well,
 * but only in this checkout. What it lists for development serves for types only.
 */
const listedImports = {
  files: workspaces.map((folder) => `${folder}/**/*.ts`),
  plugins: { imports: importX, types: importX }, // one rule twice, since its options are the same for both
  settings: { "import-x/resolver-next": [createNodeResolver()] },
  rules: {
    "imports/no-extraneous-dependencies": ["error", { devDependencies: false, includeInternal: true }],
    "types/no-extraneous-dependencies": ["error", { includeInternal: true, includeTypes: true }],
  },
};

export default tseslint.config(
  // Of the examples, those are left out whose packages this checkout does not install.
  { ignores: ["**/bin/**", "**/node_modules/**", ".stryker-tmp/**", "examples/{awsx-vpc,eks-node-group}/**"] },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // noUncheckedIndexedAccess makes `!` the honest way to say "the index is in range".
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // An empty text counts as none, in environment variables above all.
      "@typescript-eslint/prefer-nullish-coalescing": ["error", { ignorePrimitives: { string: true } }],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "max-lines": ["error", { max: 320, skipBlankLines: false }],
    },
  },
  {
    files: ["components/**/*.ts", "index.ts"],
    plugins: { "@pulumi": pulumi },
    rules: {
      "@pulumi/no-output-in-template-literal": "error",
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: "^patchpath(?!/facts$)|/policypack/",
              message: "Components import patchpath/facts only.",
            },
          ],
        },
      ],
      // A resource is made by its constructor: nobody keeps the object.
      "no-new": "off",
    },
  },
  {
    files: ["index.ts", "config.ts", "config/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            { group: ["**/components/**"], message: "The program uses what every program can: @patchpath/components." },
          ],
        },
      ],
    },
  },
  {
    files: ["components/**/*-layout.ts", "components/**/*-policy.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [{ group: ["@pulumi/*"], message: "Decisions are pure: no Pulumi here." }] },
      ],
    },
  },
  ...directionOfImports,
  listedImports,
  {
    files: ["audit/**/*.ts"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: "^patchpath(?!/account$)|/policypack/|^@patchpath/|^@pulumi/",
              message: "The audit imports patchpath/account only.",
            },
          ],
        },
      ],
    },
  },
  {
    files: ["offline/**/*.ts"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: "^patchpath($|/)|^@patchpath/|^(\\.\\./)+(policypack|components|config)(/|$)",
              message: "offline/ shares no code with what it judges: the two must be able to disagree.",
            },
          ],
        },
      ],
    },
  },
  {
    files: ["test/**/cases/*.ts"], // tables: one reading goes through them row by row
    rules: { "max-lines": "off" },
  },
);
