import { execFileSync } from "node:child_process";
import { existsSync, renameSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { cacheFolder } from "../../offline/cache";

const packages = ["pulumi==3.248.0", "pulumi-aws==7.48.0"];

/**
 * A PATH with a Python that has Pulumi's SDK, from PyPI, once, and with the stand-in for its language host, which is part of the
 * official CLI only.
 */
export async function pythonWithPulumi(log: (progress: string) => void): Promise<string> {
  const environment = cacheFolder(`python-${packages.join("-").replaceAll("==", "-")}`);
  const bin = join(environment, "bin");
  if (!existsSync(environment)) {
    log("installing Pulumi's SDK for Python from PyPI, once (a minute) ...");
    const unfinished = `${environment}.${process.pid}`;
    execFileSync("python3", ["-m", "venv", unfinished], { stdio: "inherit" });
    execFileSync(join(unfinished, "bin", "python3"), ["-m", "pip", "install", "--quiet", ...packages], {
      stdio: "inherit",
    });
    rmSync(environment, { recursive: true, force: true });
    renameSync(unfinished, environment);
  }
  const host = join(__dirname, "programs", "languages", "python");
  return Promise.resolve([bin, host, process.env["PATH"]].join(delimiter));
}
