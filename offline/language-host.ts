import "./end-with-parent";
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type ServerWritableStream } from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as language from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { endInError, streamOutput } from "./child";
import { engineVersion } from "./engine-version";
import { servePlugin, unary } from "./grpc";
import { installDependencies } from "./install";

/**
 * The Node.js language host for an engine that was built from Go modules (an official CLI includes one). It starts programs and
 * policy packs with the runners in @pulumi/pulumi. The service is pulumi/proto/language.proto.
 */

/** With this exit code, a program has already reported the error. */
const exitCodeAlreadyReported = 32;

const endingWithUs = ["--require", require.resolve("./end-with-parent")];

/** Finds the runner of the SDK that the program or plugin installed, since both must have the same version. */
function runnerOf(folder: string, runner: "run" | "run-plugin" | "run-policy-pack"): string {
  try {
    return createRequire(join(folder, "package.json")).resolve(`@pulumi/pulumi/cmd/${runner}`);
  } catch {
    throw new Error(`@pulumi/pulumi cannot be found from \`${folder}\`; run \`npm install\` there`);
  }
}

function configOf(request: language.RunRequest): string {
  const config: Record<string, string> = {};
  for (const [key, value] of request.getConfigMap().entries()) {
    const [namespace, ...name] = key.split(":");
    config[`${namespace}:config:${name.join(":")}`] = value;
  }
  return JSON.stringify(config);
}

function runArguments(request: language.RunRequest, engineAddress: string): string[] {
  const options: [string, string | number][] = [
    ["--monitor", request.getMonitorAddress()],
    ["--engine", engineAddress],
    ["--organization", request.getOrganization()],
    ["--project", request.getProject()],
    ["--stack", request.getStack()],
    ["--pwd", request.getPwd()],
    ["--parallel", request.getParallel()],
  ];
  const info = request.getInfo();
  return [
    ...options.flatMap(([name, value]) => (value === "" ? [] : [name, String(value)])),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    ...(request.getQuerymode() ? ["--query-mode"] : []),
    info?.getEntryPoint() && info.getEntryPoint() !== "." ? info.getEntryPoint() : (info?.getProgramDirectory() ?? "."),
    ...request.getArgsList(),
  ];
}

function run(request: language.RunRequest, engineAddress: string): Promise<language.RunResponse> {
  const pwd = request.getPwd();
  const runner = runnerOf(request.getInfo()?.getProgramDirectory() || pwd, "run");
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...endingWithUs, runner, ...runArguments(request, engineAddress)], {
      cwd: pwd,
      // The engine shows what a host writes to these as the program's own output.
      stdio: ["ignore", "inherit", "inherit"],
      env: {
        ...process.env,
        PULUMI_CONFIG: configOf(request),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
        PULUMI_NODEJS_TYPESCRIPT: "true",
      },
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      const response = new language.RunResponse();
      if (code === exitCodeAlreadyReported) response.setBail(true);
      else if (code !== 0) response.setError(`the program ended with ${signal ?? `exit code ${code}`}`);
      resolve(response);
    });
  });
}

type RunPluginCall = ServerWritableStream<language.RunPluginRequest, language.RunPluginResponse>;

function runPlugin(call: RunPluginCall): void {
  const { request } = call;
  const folder = request.getInfo()?.getProgramDirectory() || request.getProgram();
  const isPolicyPack = request.getKind() === "analyzer";
  let runner: string;
  try {
    runner = runnerOf(folder, isPolicyPack ? "run-policy-pack" : "run-plugin");
  } catch (error) {
    endInError(call, error);
    return;
  }
  // The two runners differ: one of a policy pack takes the engine's address and then the folder, one of a plugin the
  // folder first.
  const args = isPolicyPack ? [...request.getArgsList(), folder] : [folder, ...request.getArgsList()];
  const child = spawn(process.execPath, [...endingWithUs, runner, ...args], {
    cwd: isPolicyPack ? folder : request.getPwd(), // @pulumi/policy reads the version of the pack from its working folder
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      ...Object.fromEntries(request.getEnvList().map((entry) => splitAtFirst(entry, "="))),
      PULUMI_NODEJS_TYPESCRIPT: "true",
    },
  });
  streamOutput(call, child, {
    stdout: (chunk) => new language.RunPluginResponse().setStdout(chunk),
    stderr: (chunk) => new language.RunPluginResponse().setStderr(chunk),
    ended: (code) => new language.RunPluginResponse().setExitcode(code),
  });
}

function splitAtFirst(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + separator.length)];
}

const engineAddress = process.argv.at(-1) ?? "";

servePlugin(LanguageRuntimeService, {
  getPluginInfo: unary(() => new PluginInfo().setVersion(engineVersion)),
  about: unary(() => new language.AboutResponse().setExecutable(process.execPath).setVersion(process.versions.node)),
  // Nothing to install: offline, the plugins are those on the PATH.
  getRequiredPlugins: unary(() => new language.GetRequiredPluginsResponse()),
  getRequiredPackages: unary(() => new language.GetRequiredPackagesResponse()),
  getProgramDependencies: unary(() => new language.GetProgramDependenciesResponse()),
  runtimeOptionsPrompts: unary(() => new language.RuntimeOptionsResponse()),
  installDependencies,
  run: unary((request: language.RunRequest) => run(request, engineAddress)),
  runPlugin,
  cancel: unary(() => new Empty()),
});
