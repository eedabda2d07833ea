/**
 * Runs public Pulumi programs that launch EC2 instances, as they are published, on the offline engine: preview with the policy pack,
 * `up`, `patchpath explain` on the exported state. The list is test/public-programs/programs.json. See docs/public-programs.md.
 *
 *   npm run public-programs -- [--sources DIR] [--plugins DIR] [--only TEXT]... [--out DIR] [--reuse]
 *
 * `--reuse` explains the plans and states of an earlier run in the same `--out` again, without the engine.
 */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { parse, stringify } from "yaml";
import { cacheFolder } from "../offline/cache";
import { type ImagesOfProgram, type State, afterRemedies } from "./public-programs/remedy";
import { type ProgramRun, type Step, fleetsIn, markdownOf, withExplanations } from "./public-programs/table";

interface Program {
  readonly repository: string;
  readonly commit: string;
  readonly path: string;
  readonly launches: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** What its images are: to try the remedy of a report that asks for it. */
  readonly images?: readonly ImagesOfProgram[];
  /** Files that the program expects its user to have. */
  readonly files?: Readonly<Record<string, string>>;
  /** Programs whose stacks it refers to. */
  readonly before?: readonly { readonly path: string; readonly config: Readonly<Record<string, unknown>> }[];
}

interface ProgramList {
  readonly packages: Readonly<Record<string, string>>;
  readonly programs: readonly Program[];
}

const root = join(__dirname, "..");
const list = JSON.parse(readFileSync(join(root, "test", "public-programs", "programs.json"), "utf8")) as ProgramList;
const { values: options } = parseArgs({
  options: {
    sources: { type: "string" },
    plugins: { type: "string" },
    only: { type: "string", multiple: true, default: [""] },
    reuse: { type: "boolean", default: false },
    out: { type: "string", default: cacheFolder("public-programs", "results") },
  },
});
const out = resolve(options.out);

/** The packages of all programs, installed once: versions are those of the list. */
function installedPackages(): string {
  const manifest = JSON.stringify({ private: true, dependencies: list.packages });
  const folder = cacheFolder("public-programs", createHash("sha256").update(manifest).digest("hex").slice(0, 12));
  const modules = join(folder, "node_modules");
  if (existsSync(join(folder, "installed"))) return modules;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), manifest);
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts"], { cwd: folder, stdio: "inherit" });
  writeFileSync(join(folder, "installed"), "");
  return modules;
}

/** The git repository of a program: in the folder of snapshots, else cloned. */
function repositoryOf({ repository }: Program): string {
  const name = repository.replace("/", "+");
  if (options.sources !== undefined) {
    const found = [join(name, "repo"), name, repository].map((path) => join(resolve(options.sources!), path));
    return found.find((path) => existsSync(path)) ?? fail(`${options.sources} has no ${name}`);
  }
  const clone = cacheFolder("public-programs", "clones", name);
  if (!existsSync(clone)) {
    execFileSync("git", ["clone", "--filter=blob:none", "--bare", `https://github.com/${repository}.git`, clone]);
  }
  return clone;
}

function fail(message: string): never {
  throw new Error(message);
}

/** Writes a folder of the repository, as of the commit of the list, into a work folder. */
function checkOut(program: Program, path: string, folder: string): string {
  const archive = execFileSync("git", ["-C", repositoryOf(program), "archive", program.commit, path], {
    maxBuffer: 1 << 30,
    stdio: ["ignore", "pipe", "pipe"], // a snapshot without its largest files is an error only if they are needed
  });
  const { status } = spawnSync("tar", ["-x", "-C", folder], { input: archive });
  if (status !== 0) fail(`tar ended with ${status}`);
  return join(folder, path);
}

/** Names the project, if a template left that open, and writes the config of the stack `dev`. */
function configure(folder: string, config: Program["config"], region: unknown): void {
  const file = join(folder, "Pulumi.yaml");
  const text = readFileSync(file, "utf8").replaceAll("${PROJECT}", "program").replaceAll("${DESCRIPTION}", "A program");
  writeFileSync(file, text);
  const { name } = parse(text) as { name: string };
  const qualified = Object.entries(config).map(([key, value]): [string, unknown] => [
    key.includes(":") ? key : `${name}:${key}`,
    value,
  ]);
  writeFileSync(
    join(folder, "Pulumi.dev.yaml"),
    stringify({ config: { "aws:region": region, ...Object.fromEntries(qualified) } }),
  );
}

/** pulumi-eks asks for the version of the AWS CLI, and then only names it in a kubeconfig. */
function awsCommand(): string {
  const folder = join(out, "bin");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "aws"), "#!/bin/sh\necho aws-cli/2.27.0\n");
  chmodSync(join(folder, "aws"), 0o755);
  return folder;
}

const minute = 60_000;

function command(program: string, args: readonly string[], environment: NodeJS.ProcessEnv): Promise<Step> {
  return new Promise((finished, failed) => {
    const child = spawn(program, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], env: environment });
    const tooLong = setTimeout(() => child.kill("SIGTERM"), 10 * minute);
    let [output, stdout] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk.toString();
      output += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.on("error", failed);
    child.on("close", (code) => {
      clearTimeout(tooLong);
      finished({ code: code ?? -1, output, stdout });
    });
  });
}

function stateIn(file: string): State {
  return JSON.parse(readFileSync(file, "utf8")) as State;
}

type Files = [plan: string, state: string, steps: string];

async function run(program: Program, modules: string): Promise<ProgramRun> {
  const name = `${program.repository}/${program.path}`;
  const folder = join(out, name.replaceAll("/", "+"));
  if (!options.reuse) rmSync(folder, { recursive: true, force: true });
  const sources = join(folder, "source");
  mkdirSync(sources, { recursive: true });
  const environment = {
    ...process.env,
    NO_COLOR: "1",
    PATCHPATH_STATE_DIR: join(folder, "state"),
    PATH: [
      ...(options.plugins === undefined ? [] : [resolve(options.plugins)]),
      join(root, "offline", "plugins", "others"),
      awsCommand(),
      process.env["PATH"],
    ].join(delimiter),
  };
  const pulumi = async (what: string, at: string, ...args: string[]) => {
    const step = await command(join(root, "offline", "pulumi"), ["-C", at, ...args, "--stack", "dev"], environment);
    writeFileSync(join(folder, `${what}.log`), step.output);
    return step;
  };
  const prepare = async (at: string, config: Program["config"]) => {
    const link = join(at, "node_modules");
    rmSync(link, { recursive: true, force: true });
    symlinkSync(modules, link);
    for (const [file, text] of Object.entries(program.files ?? {})) writeFileSync(join(at, file), text);
    configure(at, config, program.config["aws:region"]);
    const created = await command(join(root, "offline", "pulumi"), ["-C", at, "stack", "init", "dev"], environment);
    if (created.code !== 0) fail(created.output);
    return at;
  };
  /** The states of the stacks that it refers to, and of one that imports the default VPC. */
  const othersOf = async (): Promise<State[]> => {
    const ofDefaultVpc = join(folder, "default-vpc.json");
    if (!existsSync(ofDefaultVpc)) {
      const at = join(sources, "default-vpc");
      cpSync(join(root, "test", "public-programs", "default-vpc"), at, { recursive: true });
      const { code, output } = await pulumi("default-vpc", await prepare(at, {}), "up", "--yes", "--skip-preview");
      if (code !== 0) fail(output);
      writeFileSync(ofDefaultVpc, (await pulumi("default-vpc-export", at, "stack", "export")).stdout);
    }
    const before = (program.before ?? []).map((_, i) => join(folder, `before-${i}.json`));
    return [...before, ofDefaultVpc].filter((file) => existsSync(file)).map(stateIn);
  };
  const base = { name, launches: program.launches };
  try {
    for (const [i, { path, config }] of options.reuse ? [] : (program.before ?? []).entries()) {
      const at = await prepare(checkOut(program, path, sources), config);
      const { code, output } = await pulumi("before", at, "up", "--yes", "--skip-preview");
      if (code !== 0) return { ...base, failed: "a stack that it refers to", output };
      const { stdout } = await pulumi("before-export", at, "stack", "export");
      writeFileSync(join(folder, `before-${i}.json`), stdout);
    }
    const [plan, state, steps] = ["plan.json", "state.json", "steps.json"].map((file) => join(folder, file)) as Files;
    const failure = join(folder, "failed.txt");
    if (options.reuse && existsSync(failure))
      return { ...base, failed: "the runner", output: readFileSync(failure, "utf8") };
    if (options.reuse && !existsSync(steps))
      return { ...base, failed: "no run", output: "the last run does not contain it" };
    if (!options.reuse) {
      const at = await prepare(checkOut(program, program.path, sources), program.config);
      const preview = await pulumi("preview", at, "preview", "--policy-pack", join(root, "policypack"));
      writeFileSync(plan, (await pulumi("plan", at, "preview", "--json", "--show-sames")).stdout);
      const up = await pulumi("up", at, "up", "--yes", "--skip-preview");
      writeFileSync(state, (await pulumi("export", at, "stack", "export")).stdout);
      writeFileSync(steps, JSON.stringify({ preview, up }));
    }
    const explain = (...args: string[]) =>
      command(process.execPath, [join(root, "policypack", "patchpath.js"), "explain", ...args], environment);
    writeFileSync(join(folder, "explain.log"), (await explain("--state", state)).output);
    const { preview, up } = JSON.parse(readFileSync(steps, "utf8")) as { preview: Step; up: Step };
    const ofState = await explain("--format", "json", "--state", state);
    const remedied = async (states: readonly State[], images: readonly string[]) => {
      const files = states.map((one, i) => {
        const file = join(folder, `remedied-${i}.json`);
        writeFileSync(file, JSON.stringify(one));
        return file;
      });
      const declared = images.flatMap((image) => ["--image", image]);
      writeFileSync(join(folder, "explain-remedied.log"), (await explain(...declared, "--state", ...files)).output);
      return explain(...declared, "--format", "json", "--state", ...files);
    };
    const hasFleets = (fleetsIn(ofState) ?? []).length > 0;
    return withExplanations(
      { ...base, preview, up },
      {
        ofPlan: await explain("--format", "json", "--plan", plan),
        ofState,
        ...(hasFleets && {
          ofRemedy: await afterRemedies(ofState, stateIn(state), othersOf, program.images ?? [], remedied),
        }),
      },
    );
  } catch (error) {
    const { message } = error as Error;
    if (!options.reuse) writeFileSync(join(folder, "failed.txt"), message);
    return { ...base, failed: "the runner", output: message };
  }
}

async function main(): Promise<void> {
  mkdirSync(out, { recursive: true });
  const modules = installedPackages();
  const chosen = list.programs.filter(({ repository, path }) =>
    options.only.some((text) => `${repository}/${path}`.includes(text)),
  );
  const runs: ProgramRun[] = [];
  for (const [i, program] of chosen.entries()) {
    process.stderr.write(`${i + 1} of ${chosen.length}: ${program.repository}/${program.path}\n`);
    runs.push(await run(program, modules));
    writeFileSync(join(out, "results.json"), `${JSON.stringify(runs, undefined, 1)}\n`);
    writeFileSync(join(out, "results.md"), markdownOf(runs));
  }
  process.stdout.write(`${join(out, "results.md")}\n`);
}

void main();
