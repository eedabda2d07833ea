import type { StackFacts, StackFile } from "./source";

/**
 * Outputs that a stack has read of another one, and that are no longer what the other one has: one of the two is older. A
 * value is not shown, since it may be a secret.
 */
export function staleReads(files: readonly StackFile[]): string[] {
  const all = files.flatMap(({ file, stacks }) => stacks.map((stack) => ({ file, stack })));
  return all.flatMap(({ file, stack }) =>
    stack.reads.flatMap((read) => {
      const source = all.find((one) => one.stack !== stack && isNamed(one.stack, read.name));
      if (!source) return [];
      const changed = Object.keys(read.outputs).find((key) => {
        const now = source.stack.outputs[key];
        return (
          now !== undefined && isPlain(now) && isPlain(read.outputs[key]) && asJson(now) !== asJson(read.outputs[key])
        );
      });
      if (changed === undefined) return [];
      return [
        `${file} has read the output \`${changed}\` of \`${source.stack.name}\`, which has another value in ${source.file}: ${olderOf({ file, stack }, source)} is older; export it again.`,
      ];
    }),
  );
}

interface Told {
  readonly file: string;
  readonly stack: StackFacts;
}

function olderOf(reader: Told, source: Told): string {
  const [a, b] = [reader, source].map(({ stack }) => Date.parse(stack.updated ?? ""));
  if (!Number.isFinite(a) || !Number.isFinite(b) || a === b) return "one of the two";
  return a! < b! ? reader.file : source.file;
}

/** Not a secret, which has a signature. */
function isPlain(value: unknown): boolean {
  return typeof value !== "object" || value === null || Array.isArray(value);
}

const asJson = (value: unknown) => JSON.stringify(value);

/** Stacks that read each other: none of them can be deployed from nothing. */
export function cyclesAmong(stacks: readonly StackFacts[]): string[] {
  const found = new Set<string>();
  const readBy = (stack: StackFacts) =>
    stacks.filter((other) => other !== stack && stack.reads.some(({ name }) => isNamed(other, name)));
  const done = new Set<StackFacts>();
  const visit = (stack: StackFacts, trail: readonly StackFacts[]): void => {
    const start = trail.indexOf(stack);
    if (start >= 0) {
      const names = trail.slice(start).map(({ name }) => `\`${name}\``);
      found.add(`${names.join(" reads ")} reads ${names[0]!}: none of these stacks can be deployed first.`);
    }
    if (start >= 0 || done.has(stack)) return;
    for (const next of readBy(stack)) visit(next, [...trail, stack]);
    done.add(stack);
  };
  for (const stack of stacks) visit(stack, []);
  return [...found];
}

/**
 * Whether a program's name for a stack means this one: `organization/project/stack`, `project/stack` or `stack` of Pulumi,
 * the place of a state of Terraform.
 */
function isNamed({ name }: StackFacts, reference: string): boolean {
  const [own, parts] = [name.split("/"), reference.replace(/(\/terraform)?\.tfstate$/, "").split("/")];
  const wanted = own[0] === "terraform" ? own.slice(1) : own;
  const shared = Math.min(wanted.length, parts.length);
  return shared > 0 && wanted.slice(-shared).join("/") === parts.slice(-shared).join("/");
}
