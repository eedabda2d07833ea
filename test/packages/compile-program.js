"use strict";
// Compiles programs as `tsc` does with declarations of libraries checked, but checks those of our packages only: most of the time of
// `tsc` goes to those of others, which `npm run test:all` checks too. Arguments: the tsconfig.json files.
const { dirname } = require("node:path");
const ts = require("typescript");

const isOurs = ({ fileName }) => !/node_modules\/(?!patchpath\/|@patchpath\/)[^/]/.test(fileName);

function problemsOf(config) {
  const { options, fileNames } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(config, ts.sys.readFile).config,
    ts.sys,
    dirname(config),
  );
  const program = ts.createProgram(fileNames, options);
  const ours = program.getSourceFiles().filter(isOurs);
  return [
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...ours.flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]),
  ];
}

const problems = process.argv.slice(2).flatMap(problemsOf);
process.stdout.write(
  ts.formatDiagnostics(problems, {
    getCurrentDirectory: process.cwd,
    getCanonicalFileName: (file) => file,
    getNewLine: () => "\n",
  }),
);
process.exitCode = problems.length > 0 ? 1 : 0;
