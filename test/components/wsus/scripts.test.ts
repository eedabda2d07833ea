import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { Node } from "web-tree-sitter";
import { scripts } from "../../../components/wsus/command-document";
import {
  type PowerShell,
  ancestors,
  codeOnly,
  commands,
  functionNames,
  nodesOf,
  parse,
  scriptFiles,
  scriptParameters,
  syntaxErrors,
} from "./powershell";

/** Commands that change a machine or resources in AWS, by their verb. */
const changing =
  /^(Add|Clear|Disable|Enable|Format|Import|Initialize|Install|Move|New|Register|Remove|Rename|Resize|Restart|Set|Start|Stop|Uninstall|Write)-/;

/** Those of them that make no lasting change. */
const harmless = [
  "Set-StrictMode",
  "New-Object",
  "Import-Module",
  "Start-Sleep",
  "Write-Output",
  "Write-Warning",
  "Write-CWMetricData",
];

/** Methods that persistently change .NET objects. */
const changingMethods = [
  "ApplyRule",
  "Save",
  "AddSslCertificate",
  "CreateComputerTargetGroup",
  "StartSynchronization",
  "StartSynchronizationForCategoryOnly",
];

/** Commands that print something, whose arguments must not contain secrets. */
const showing = [
  "Write-Output",
  "Write-Report",
  "Write-Warning",
  "Set-ReportState",
  "Invoke-Program",
  "Start-Process",
  "Write-SSMParameter",
];

describe("the WSUS scripts", () => {
  let files: PowerShell[];
  const found = (of: (script: PowerShell) => readonly string[]) =>
    files.flatMap((script) => of(script).map((what) => `${script.name}: ${what}`));

  before(async () => {
    files = await scriptFiles();
  });

  it("are those of the documents, and their reporting functions", () => {
    deepStrictEqual(files.map(({ name }) => name).sort(), [...Object.keys(scripts), "report"].sort());
  });

  it("are valid PowerShell", () => {
    deepStrictEqual(found(syntaxErrors), []);
  });

  it("would not pass with a bracket missing", async () => {
    for (const { name, text } of files) {
      const broken = await parse(name, text.slice(0, text.lastIndexOf("}")));
      ok(syntaxErrors(broken).length > 0, name);
    }
  });

  it("stop at the first error and at an unset variable", () => {
    const missing = found(({ text }) =>
      ["\nSet-StrictMode -Version 3\n", "\n$ErrorActionPreference = 'Stop'\n"].filter((line) => !text.includes(line)),
    );
    deepStrictEqual(missing, []);
  });

  it("start with help that has an example and documents each parameter once", () => {
    const silent = found((script) => {
      const help = nodesOf(script.root, "comment")[0]!.text;
      const named = [...help.matchAll(/^\.PARAMETER (\S+)$/gm)].map(([, name]) => name);
      const sections =
        script.name === "report" ? [".SYNOPSIS", ".DESCRIPTION"] : [".SYNOPSIS", ".DESCRIPTION", ".EXAMPLE"];
      return [
        ...sections.filter((section) => !help.includes(`\n${section}\n`)),
        ...(named.join() ===
        scriptParameters(script)
          .map(({ name }) => name)
          .join()
          ? []
          : [`help for ${named.join()}`]),
      ];
    });
    deepStrictEqual(silent, []);
  });

  it("document each function that others call", () => {
    const report = files.find(({ name }) => name === "report")!;
    const helps = nodesOf(report.root, "comment").filter(({ text }) => text.includes(".SYNOPSIS"));
    strictEqual(helps.length, 1 + functionNames(report).length);
  });

  it("use full command names, without aliases", () => {
    const short = found((script) =>
      commands(script)
        .map(({ name }) => name)
        .filter((name) => name !== "$Body" && !/^[A-Z][A-Za-z]+-[A-Z][A-Za-z]+$/.test(name)),
    );
    deepStrictEqual(short, []);
  });

  it("name their functions with approved verbs", () => {
    const verbs =
      /^(Add|Assert|Complete|Get|Initialize|Install|Invoke|New|Publish|Remove|Restore|Save|Select|Set|Test|Wait|Write)-/;
    deepStrictEqual(
      found((script) => functionNames(script).filter((name) => !verbs.test(name))),
      [],
    );
  });

  it("download nothing, and run no string as code", () => {
    const banned =
      /^(Invoke-WebRequest|Invoke-RestMethod|Invoke-Expression|Start-BitsTransfer|Install-Module|Install-Package|Read-S3Object)$/;
    deepStrictEqual(
      found((script) => [
        ...commands(script)
          .map(({ name }) => name)
          .filter((name) => banned.test(name)),
        ...(codeOnly(script).match(/WebClient|HttpClient|WebRequest|DownloadFile|DownloadString/g) ?? []),
        ...nodesOf(script.root, "string_literal")
          .map(({ text }) => text)
          .filter((text) => /^.https?:\/\//i.test(text)),
      ]),
      [],
    );
  });

  // AWS Tools for PowerShell 5 leaves the lists of new objects null, where version 4 had empty ones.
  it("give new objects of the AWS SDK their lists", () => {
    const added = found(({ text }) =>
      [...text.matchAll(/\$(\w+)\.(\w+)\.Add\(/g)].flatMap(([, object = "", list = ""]) =>
        new RegExp(`\\$${object} = New-Object -TypeName Amazon`).test(text) &&
        !text.includes(`$${object}.${list} = New-Object`)
          ? [`${object}.${list}`]
          : [],
      ),
    );
    deepStrictEqual(added, []);
  });

  it("approve existing updates when approval becomes automatic", () => {
    const { text } = files.find(({ name }) => name === "set-configuration")!;
    ok(/if \(\$isNew\) \{[^}]*\.ApplyRule\(\)/.test(text));
  });

  // https://learn.microsoft.com/troubleshoot/mem/configmgr/update-management/windows-server-update-services-best-practices
  it("set the limits of the application pool that Microsoft recommends", () => {
    const { text } = files.find(({ name }) => name === "install-server")!;
    const properties = [...text.matchAll(/Set-PoolProperty -Element '(.*)' -Name (\w+) -Value (.+)/g)];
    deepStrictEqual(
      properties.map(([, element, name, value]) => [element, name, value]),
      [
        ["/recycling/periodicRestart", "privateMemory", "$PoolMemoryKB"],
        ["/recycling/periodicRestart", "memory", "0"],
        ["/recycling/periodicRestart", "time", "([TimeSpan]::Zero)"],
        ["", "queueLength", "2000"],
        ["/processModel", "idleTimeout", "([TimeSpan]::Zero)"],
        ["/processModel", "pingingEnabled", "$false"],
      ],
    );
  });

  it("do not change the state of the setup if nothing failed, in health and clean-up", () => {
    for (const name of ["publish-health", "invoke-cleanup"]) {
      const { text } = files.find((file) => file.name === name)!;
      deepStrictEqual(text.match(/-State (?!failed)\w+ /g) ?? [], [], name);
      ok(!text.includes("Invoke-ReportedStep"), name);
    }
  });

  it("contain nothing that SSM reads as a parameter", () => {
    deepStrictEqual(
      found(({ text }) => text.match(/\{\{|\}\}/g) ?? []),
      [],
    );
  });

  it("show no secret in output, log, state, error or command line", () => {
    const secret = /\$(secret|password|bytes)\b|SecretString/;
    deepStrictEqual(
      found((script) => [
        ...commands(script)
          .filter(({ name, node }) => showing.includes(name) && secret.test(node.text))
          .map(({ node }) => node.text),
        ...nodesOf(script.root, "flow_control_statement")
          .map(({ text }) => text)
          .filter((text) => secret.test(text)),
        ...(/-AsPlainText|Export-Pfx|ConvertFrom-SecureString/.test(codeOnly(script)) ? ["plain text"] : []),
      ]),
      [],
    );
  });

  it("get all mandatory parameters from the documents, and no unknown ones", () => {
    for (const script of files.filter(({ name }) => name !== "report")) {
      const given: readonly string[] = scripts[script.name as keyof typeof scripts];
      const declared = scriptParameters(script);
      deepStrictEqual(
        given.filter((name) => !declared.some((parameter) => parameter.name === name)),
        [],
        script.name,
      );
      deepStrictEqual(
        declared.filter(({ name, mandatory }) => mandatory && !given.includes(name)),
        [],
        script.name,
      );
    }
  });

  describe("change nothing in a second run:", () => {
    /** Whether a command runs only after a check: inside an `if`, or after one that exits. */
    const isGuarded = (node: Node): boolean => {
      const above = ancestors(node);
      if (above.some(({ type }) => type === "if_statement")) return true;
      const body = above.find(({ type }) => type === "function_statement") ?? above.at(-1)!;
      return nodesOf(body, "if_statement").some(
        (guard) => guard.endIndex <= node.startIndex && nodesOf(guard, "flow_control_statement").length > 0,
      );
    };

    /** What is written on every run, and why it does not change. */
    const everyRun: readonly string[] = [
      // Reports, whose purpose is to be written.
      "report: Write-CWLLogEvent",
      "report: Write-SSMParameter",
      // Runs what its callers check.
      "report: Start-Process",
      // The loop runs only over missing groups.
      "set-configuration: CreateComputerTargetGroup",
      // Set-RegistryValue: called if a value differs, and for the note of the previous value, which does not change.
      "set-client: Set-ItemProperty",
    ];

    it("each change is guarded by a check of the current value", () => {
      const unguarded = found((script) => {
        const own = functionNames(script);
        const changes = commands(script).filter(
          ({ name }) =>
            changing.test(name) && !harmless.includes(name) && !own.includes(name) && !name.includes("Report"),
        );
        const calls = nodesOf(script.root, "invokation_expression").flatMap((node) => {
          const [, name] = /\.(\w+)\([^()]*\)$/.exec(node.text) ?? [];
          return name !== undefined && changingMethods.includes(name) ? [{ name, node }] : [];
        });
        return [...changes, ...calls].filter(({ node }) => !isGuarded(node)).map(({ name }) => name);
      });
      deepStrictEqual([...new Set(unguarded)].sort(), [...everyRun].sort());
    });

    it("the check would fail without the guard", async () => {
      const script = await parse("x", "function Set-It {\n  Install-WindowsFeature -Name UpdateServices\n}\n");
      strictEqual(isGuarded(commands(script)[0]!.node), false);
      const guarded = await parse(
        "x",
        "function Set-It {\n  if ($there) { return }\n  Install-WindowsFeature -Name X\n}\n",
      );
      strictEqual(isGuarded(commands(guarded)[0]!.node), true);
    });
  });
});
