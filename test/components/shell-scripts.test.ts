import { deepStrictEqual, ok } from "node:assert/strict";
import { type System, systems } from "../../policypack/facts/systems";
import { userData } from "../../components/fleet/user-data";
import { checkDocument } from "../../components/monitoring/check-document";

/**
 * The oldest shell that runs our scripts is that of Amazon Linux 2: bash 4.2.46 and, on its first images, curl 7.61.1. No test runs that
 * bash: the scripts run on the machine's own (check-repository.test.ts), and what came later is looked for here.
 *
 * Sources, checked 2026-11-28: the file NEWS of bash, and docs/options-in-versions of https://github.com/curl/curl.
 */
interface Later {
  readonly what: string;
  /** The version of bash that introduced it. */
  readonly since: string;
  readonly form: RegExp;
  /** What the form must find. */
  readonly example: string;
}

const laterBash: readonly Later[] = [
  { what: "namerefs", since: "4.3", form: /\b(declare|local|typeset)\s+-\w*n/, example: "local -n list=$1" },
  { what: "an assignment from the end", since: "4.3", form: /\w\[-\d+\]\+?=/, example: "list[-1]=x" },
  { what: "wait -n", since: "4.3", form: /\bwait\s+-\w*n/, example: "wait -n" },
  { what: "test -R", since: "4.3", form: /\[\[?\s+-R\s/, example: "[[ -R name ]]" },
  { what: "-v of an element", since: "4.3", form: /\s-v\s+\w+\[/, example: "[[ -v list[1] ]]" },
  // Until 4.4, an empty array is unset for `set -u`: "${list[@]}" then ends the script.
  { what: "an array that may be empty", since: "4.4", form: /"\$\{\w+\[@\]\}"/, example: 'run "${list[@]}"' },
  { what: "a transformation", since: "4.4", form: /\$\{\w+(\[[@*]\])?@[A-Za-z]\}/, example: "${name@Q}" },
  {
    what: "mapfile -d",
    since: "4.4",
    form: /\b(mapfile|readarray)\s+(-\w+\s+)*-\w*d/,
    example: "mapfile -t -d '' list",
  },
  { what: "local -", since: "4.4", form: /\blocal\s+-(\s|$)/m, example: "local -" },
  { what: "inherit_errexit", since: "4.4", form: /inherit_errexit/, example: "shopt -s inherit_errexit" },
  { what: "EPOCHSECONDS", since: "5.0", form: /\bEPOCH(SECONDS|REALTIME)\b/, example: "$EPOCHSECONDS" },
  { what: "BASH_ARGV0", since: "5.0", form: /\bBASH_ARGV0\b/, example: "BASH_ARGV0=x" },
  { what: "wait -p", since: "5.1", form: /\bwait\s+-\w*p/, example: "wait -np id" },
  { what: "SRANDOM", since: "5.1", form: /\bSRANDOM\b/, example: "$SRANDOM" },
  { what: "${ command; }", since: "5.3", form: /\$\{[\s|]/, example: "${ date; }" },
];

/** Every option of curl that the scripts use, with the version that introduced it. */
const curlOptions: Readonly<Record<string, string>> = {
  "--connect-timeout": "7.7",
  "--fail": "4.0",
  "--header": "5.0",
  "--max-time": "4.0",
  "--output": "4.0",
  "--request": "6.0",
  "--retry": "7.12.3",
  "--show-error": "5.9",
  "--silent": "4.0",
  "--write-out": "6.5",
};
const oldestCurl = "7.61.1";

/** The variables of --write-out; `http_code` is the oldest. */
const writeOutVariables = ["http_code"];

const scripts: Readonly<Record<string, string>> = {
  "the check of the repository": checkDocument("eu-west-1", 35).mainSteps[0]!.inputs.runCommand.join("\n"),
  ...Object.fromEntries(
    (Object.keys(systems) as System[]).flatMap((system) => {
      const text = userData(system, "x86_64", "eu-west-1", true);
      return text === undefined ? [] : [[`user data of ${system}`, text]];
    }),
  ),
};

/** Without comments, which may contain anything. */
const codeOf = (text: string) => text.replace(/^\s*#(?!!).*$/gm, "");

const foundIn = (text: string) =>
  laterBash.filter(({ form }) => form.test(codeOf(text))).map(({ what, since }) => `${what} (bash ${since})`);

/** The words of the commands that run curl, with continued lines joined. */
function curlCommands(text: string): string[] {
  const joined = codeOf(text).replace(/\\\n\s*/g, " ");
  return [...joined.matchAll(/(?:^|[;|&(]|\$\()\s*curl\s+([^\n;|&]*)/gm)].map(([, words = ""]) => words);
}

function isNewer(version: string, other: string): boolean {
  const [a, b] = [version, other].map((text) => text.split(".").map(Number));
  const at = [0, 1, 2].find((i) => (a![i] ?? 0) !== (b![i] ?? 0));
  return at !== undefined && (a![at] ?? 0) > (b![at] ?? 0);
}

describe("the shell scripts for instances", () => {
  it("are found by this test", () => {
    ok(Object.keys(scripts).length > 10);
    ok(Object.values(scripts).every((text) => text.includes("#!/bin/bash")));
    ok(curlCommands(scripts["the check of the repository"]!).length >= 3);
  });

  for (const [name, text] of Object.entries(scripts)) {
    it(`use nothing newer than bash 4.2: ${name}`, () => {
      deepStrictEqual(foundIn(text), []);
    });

    it(`use no option newer than curl 7.61: ${name}`, () => {
      const commands = curlCommands(text);
      const options = commands.flatMap((words) => words.match(/(?<=^|\s)--?[a-z][\w-]*/g) ?? []);
      deepStrictEqual(
        options.filter((option) => !(option in curlOptions)),
        [],
      );
      const variables = commands.flatMap((words) => words.match(/(?<=%\{)\w+/g) ?? []);
      deepStrictEqual(
        variables.filter((variable) => !writeOutVariables.includes(variable)),
        [],
      );
    });
  }

  it("would not pass with a later construct", () => {
    for (const { what, since, example } of laterBash) ok(foundIn(example).includes(`${what} (bash ${since})`), what);
    deepStrictEqual(foundIn("# ${name@Q} in a comment"), []);
    const commands = curlCommands("x=$(curl --silent \\\n  --retry-all-errors URL)");
    ok(commands.join().includes("--retry-all-errors"));
  });

  it("have no option in the list that is too new, or that nothing uses", () => {
    deepStrictEqual(
      Object.entries(curlOptions).filter(([, since]) => isNewer(since, oldestCurl)),
      [],
    );
    const used = Object.values(scripts).flatMap(curlCommands).join(" ");
    deepStrictEqual(
      Object.keys(curlOptions).filter((option) => !used.includes(option)),
      [],
    );
  });
});
