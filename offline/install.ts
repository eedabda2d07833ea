import { spawn } from "node:child_process";
import { type ServerWritableStream } from "@grpc/grpc-js";
import { type InstallDependenciesRequest, InstallDependenciesResponse } from "@pulumi/pulumi/proto/language_pb";
import { streamOutput } from "./child";

/**
 * Installs the dependencies of a program or plugin as the language host of Pulumi does: `npm install` in its folder (or the package
 * manager of its project), with the output on the streams of the engine. npm finds the root of a workspace itself.
 */
export function installDependencies(
  call: ServerWritableStream<InstallDependenciesRequest, InstallDependenciesResponse>,
): void {
  const info = call.request.getInfo();
  const options = (info?.getOptions()?.toJavaScript() ?? {}) as { packagemanager?: string; production?: boolean };
  const manager = options.packagemanager && options.packagemanager !== "auto" ? options.packagemanager : "npm";
  const args = [
    "install",
    ...(manager === "npm" ? ["--loglevel=error"] : []), // otherwise npm warns about fields that a program does not require
    ...(options.production ? ["--production"] : []),
  ];
  call.write(new InstallDependenciesResponse().setStdout(Buffer.from("Installing dependencies...\n\n")));
  const child = spawn(manager, args, {
    cwd: info?.getProgramDirectory() || call.request.getDirectory(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  streamOutput(call, child, {
    stdout: (chunk) => new InstallDependenciesResponse().setStdout(chunk),
    stderr: (chunk) => new InstallDependenciesResponse().setStderr(chunk),
    ended: (code) => {
      if (code !== 0) throw new Error(`\`${manager} ${args.join(" ")}\` exited with code ${code}`);
      return new InstallDependenciesResponse().setStdout(Buffer.from("Finished installing dependencies\n\n"));
    },
  });
}
