import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { type Script, commandDocument, documentMaxBytes, scripts } from "../../../components/wsus/command-document";
import { commands, parse, syntaxErrors } from "./powershell";

interface Document {
  readonly schemaVersion: string;
  readonly parameters?: Readonly<Record<string, { type: string; description: string; allowedPattern: string }>>;
  readonly mainSteps: readonly {
    readonly action: string;
    readonly name: string;
    readonly onFailure: string;
    readonly precondition: unknown;
    readonly inputs: { readonly timeoutSeconds: string; readonly runCommand: readonly string[] };
  }[];
}

const documentOf = (...names: Script[]) => commandDocument("a test", names, 600) as Document;
const all = Object.keys(scripts) as Script[];

/** A valid value for each parameter. */
const samples: Readonly<Record<string, string>> = {
  Region: "us-gov-west-1",
  LogGroup: "/patchpath/prod-wsus",
  StateParameter: "/patchpath/prod-wsus/state",
  PatchedBuilds: "20348.4297;26100.6905",
  ContentVolumeId: "vol-0123456789abcdef0",
  PoolMemoryKB: "0",
  ServerName: "ip-10-20-0-5.eu-west-1.compute.internal",
  CertificateParameter: "/patchpath/prod-wsus/certificate",
  CertificateSecret: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:wsus-AbCdEf",
  Products: "Microsoft Server operating system-24H2;Windows Server 2012 R2",
  Classifications: "Critical Updates;Security Updates",
  Languages: "en;zh-cn",
  TargetGroups: "Web servers;Files",
  SynchronizationTime: "03:00:00",
  SynchronizationsPerDay: "1",
  Approval: "Automatic",
  Namespace: "Patchpath/WSUS",
  Server: "prod-wsus",
  ServerUrl: "https://ip-10-20-0-5.eu-west-1.compute.internal:8531",
  TargetGroup: "Web servers",
};

/** A step as SSM runs it: with the value of each parameter instead of its name. */
const filled = (lines: readonly string[], values: Readonly<Record<string, string>>) =>
  lines.join("\n").replace(/\{\{ (\w+) \}\}/g, (_, name: string) => values[name] ?? `no value for ${name}`);

describe("a Command document of WSUS", () => {
  it("runs its scripts in order, on Windows, and stops at a failure", () => {
    const { schemaVersion, mainSteps } = documentOf("install-server", "set-configuration");
    strictEqual(schemaVersion, "2.2");
    deepStrictEqual(
      mainSteps.map(({ inputs, ...step }) => ({ ...step, timeoutSeconds: inputs.timeoutSeconds })),
      ["installserver", "setconfiguration"].map((name) => ({
        action: "aws:runPowerShellScript",
        name,
        precondition: { StringEquals: ["platformType", "Windows"] },
        onFailure: "exit",
        timeoutSeconds: "600",
      })),
    );
  });

  it("has no parameters if its scripts have none", () => {
    strictEqual(documentOf("reset-client").parameters, undefined);
  });

  it("is smaller than the limit of SSM, with all its scripts at once", () => {
    for (const names of [["install-server", "set-certificate", "set-configuration"], ["set-client"]] as const) {
      const bytes = Buffer.byteLength(JSON.stringify(documentOf(...names)));
      ok(bytes < documentMaxBytes, `${names.join()} has ${bytes}`);
    }
  });

  for (const name of all) {
    it(`is valid PowerShell with its parameters inserted: ${name}`, async () => {
      const [step] = documentOf(name).mainSteps;
      const script = await parse(name, filled(step!.inputs.runCommand, samples));
      deepStrictEqual(syntaxErrors(script), []);
      const call = script.text.split("\n").at(-1)!;
      strictEqual(call.split(/ -(?=[A-Z])/).length - 1, scripts[name].length, call);
    });
  }

  it("includes the reporting functions only for scripts that report", () => {
    const begins = (name: Script) =>
      documentOf(name).mainSteps[0]!.inputs.runCommand.join("\n").includes("function Invoke-ReportedStep");
    deepStrictEqual(all.filter(begins), [
      "install-server",
      "set-certificate",
      "set-configuration",
      "invoke-cleanup",
      "publish-health",
    ]);
  });

  it("accepts valid values for each parameter", () => {
    const { parameters = {} } = documentOf(...all);
    deepStrictEqual(Object.keys(parameters).sort(), Object.keys(samples).sort());
    for (const [name, { type, allowedPattern }] of Object.entries(parameters)) {
      strictEqual(type, "String", name);
      ok(new RegExp(allowedPattern).test(samples[name]!), `${name} rejects ${samples[name]}`);
    }
  });

  it("accepts no value that would end its quotes", async () => {
    const { parameters = {} } = documentOf(...all);
    // PowerShell ends a string at each of these quotes, including the typographic ones.
    for (const [name, { allowedPattern }] of Object.entries(parameters)) {
      for (const quote of ["'", "\u2018", "\u2019", "\u201a", "\u201b", "\n", "`", "$", "{{"]) {
        ok(!new RegExp(allowedPattern).test(`${samples[name]}${quote}`), `${name} accepts ${JSON.stringify(quote)}`);
      }
    }
    const injected = await parse(
      "x",
      filled(["& { } -TargetGroup '{{ TargetGroup }}'"], { TargetGroup: "x'; Remove-Item 'y" }),
    );
    ok(commands(injected).some(({ name }) => name === "Remove-Item"));
  });
});
