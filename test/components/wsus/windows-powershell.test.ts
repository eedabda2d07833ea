import { deepStrictEqual, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type PowerShell, codeOnly, commands, parse, scriptFiles } from "./powershell";

/** What is newer than 5.1, which is on every Windows image: operators, parameters, commands and variables, with examples. */
const later: readonly (readonly [form: RegExp, example: string])[] = [
  [/\?\?/, "$a ?? $b"],
  [/\?\.|\?\[/, "${a}?.b"],
  [/&&|\|\|/, "a && b"],
  [/\s\?\s[^|}]+\s:\s/, "$x = $a ? 1 : 2"],
  [/-(AsHashtable|NoEnumerate|AsArray|AsByteStream|Parallel|LeafBase|Extension)\b/, "ConvertFrom-Json -AsHashtable"],
  [/-(SkipCertificateCheck|SkipHttpErrorCheck|MaximumRetryCount|RetryIntervalSec)\b/, "-SkipHttpErrorCheck"],
  [/ConvertFrom-Json\b[^\n|]*-Depth\b/, "ConvertFrom-Json -InputObject $x -Depth 9"],
  [/\b(Join-String|Test-Json|Get-Error|Remove-Alias|Remove-Service|Get-Uptime|ConvertFrom-Markdown)\b/, "Get-Error"],
  [/utf8(NoBOM|BOM)/i, "-Encoding utf8NoBOM"],
  [/\$(IsWindows|IsLinux|IsMacOS|IsCoreCLR|PSStyle)\b/, "$IsWindows"],
  [/^\s*clean\s*\{/m, "clean {"],
];

/** Commands that prompt before a change unless configured otherwise: nobody can answer them. */
const asking = ["Clear-Disk", "Format-Volume", "Initialize-Disk", "Remove-Partition"];

/** Not PowerShell lists: a collection of COM, and a list of .NET. */
const countable = ["$result.Updates", "[Net.Dns]::GetHostAddresses($name)"];

/** Values whose type is certain: parameters and results of `@( )`. */
function isList(script: PowerShell, name: string): boolean {
  const variable = name.replace("$", "\\$");
  return [`${variable} = @\\(`, `\\[string(\\[\\])?\\] ${variable}\\b`].some((form) =>
    new RegExp(form).test(script.text),
  );
}

/**
 * In strict mode, the result of a command has no Count if it is one object or none. Source:
 * https://github.com/PowerShell/PowerShell/issues/2798, checked 2026-11-28.
 */
function uncountable(script: PowerShell): string[] {
  return [
    ...script.text.matchAll(
      /(@?\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|[$\w.[\]:]+(?:\([^()]*\))?)\.(?:Count|Length)\b/g,
    ),
  ]
    .map(([, of = ""]) => of)
    .filter((of) => !of.startsWith("@(") && !countable.includes(of) && !/\.(Because|Message)$/.test(of))
    .filter((of) => !isList(script, of));
}

// A second check against Windows PowerShell 5.1, as far as the text shows it: the scripts were not run on it.
describe("the PowerShell scripts, for Windows PowerShell 5.1", () => {
  let files: PowerShell[];
  const found = (of: (script: PowerShell) => readonly string[]) =>
    files.flatMap((script) => of(script).map((what) => `${script.name}: ${what}`));

  before(async () => {
    const check = join(__dirname, "..", "..", "..", "components", "monitoring", "check-repository.ps1");
    files = [...(await scriptFiles()), await parse("check-repository", readFileSync(check, "utf8"))];
    ok(files.length === 9);
  });

  it("use nothing newer", () => {
    deepStrictEqual(
      found((script) => later.flatMap(([form]) => form.exec(codeOnly(script))?.[0] ?? [])),
      [],
    );
  });

  it("would not pass with something newer", async () => {
    for (const [form, example] of later) ok(form.test(codeOnly(await parse("x", example))), example);
  });

  // Without a byte order mark, 5.1 reads a file in the code page of the machine.
  it("are ASCII", () => {
    deepStrictEqual(
      found(({ text }) => text.match(/[^\t\n\x20-\x7e]/g) ?? []),
      [],
    );
  });

  it("count only lists", () => {
    deepStrictEqual(found(uncountable), []);
  });

  it("would not pass with a count of a value that may be one object", async () => {
    const counts = async (text: string) => uncountable(await parse("x", text));
    deepStrictEqual(await counts("if ((Get-Thing -All @($x.Get())).Count -lt 2) { }"), [
      "(Get-Thing -All @($x.Get()))",
    ]);
    deepStrictEqual(await counts("$all = Get-Thing\nif ($all.Count -eq 0) { }"), ["$all"]);
    deepStrictEqual(await counts("$all = @(Get-Thing)\nif ($all.Count -eq 0 -or @(Get-Thing).Count -eq 0) { }"), []);
  });

  it("do not prompt", () => {
    deepStrictEqual(
      found((script) =>
        commands(script)
          .filter(({ name, node }) => asking.includes(name) && !node.text.includes("-Confirm:$false"))
          .map(({ name }) => name),
      ),
      [],
    );
    deepStrictEqual(
      found(({ text }) => text.match(/\b(Read-Host|Get-Credential|PromptForChoice)\b/g) ?? []),
      [],
    );
  });

  it("leave no key file if the certificate is in the store", () => {
    const { text } = files.find(({ name }) => name === "set-certificate")!;
    const persisted = text.indexOf("'MachineKeySet, PersistKeySet'");
    const guard = text.lastIndexOf('if (-not (Test-Path -Path "Cert:\\LocalMachine\\My\\', persisted);
    ok(guard > text.indexOf("'EphemeralKeySet'") && persisted - guard < 300);
  });

  it("install what they import", () => {
    const { text } = files.find(({ name }) => name === "install-server")!;
    // The module WebAdministration is part of this feature, which WSUS does not require.
    ok(text.includes("Import-Module -Name WebAdministration") && text.includes("'Web-Scripting-Tools'"));
  });

  it("detect a volume that has grown", () => {
    const { text } = files.find(({ name }) => name === "install-server")!;
    ok(/Update-HostStorageCache\n[^}]*Get-Disk \|/.test(text));
  });

  it("report a message that is empty or long", () => {
    const { text } = files.find(({ name }) => name === "report")!;
    ok(/function Write-Report[^}]*\[AllowEmptyString\(\)\] \[string\] \$Message/.test(text));
    ok(text.includes("[Math]::Min(2000, $Message.Length)"));
  });
});
