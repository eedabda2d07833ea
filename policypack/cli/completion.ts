import type { Argument, Command, Option } from "commander";
import { regions } from "../facts/regions";
import { repositorySystems } from "../facts/repositories";

export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

/** What a value may be: one of some words, or a file. */
type Values = readonly string[] | "files";

/** By the placeholder in the program: `--region <region>`. */
const valuesByPlaceholder: Readonly<Record<string, Values>> = {
  file: "files",
  folder: "files",
  region: Object.keys(regions),
  system: repositorySystems,
};

interface CompletedOption {
  /** `--format`, and `-h` where it has a short form. */
  readonly names: readonly string[];
  readonly description: string;
  /** `undefined` when it takes no value. */
  readonly values: Values | undefined;
  readonly takesMany: boolean;
}

interface CompletedCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly CompletedOption[];
  /** Of its arguments, which are all of one kind. */
  readonly values: Values | undefined;
}

/**
 * `patchpath completion SHELL`: a script that completes commands, options and values. It is generated from the program itself,
 * and does not start the command to complete.
 */
export function completionScript(program: Command, shell: Shell): string {
  const commands = program.commands.map(completedCommand);
  const options = optionsOf(program);
  return { bash: bashScript, zsh: zshScript, fish: fishScript }[shell](commands, options);
}

function completedCommand(command: Command): CompletedCommand {
  const [argument] = command.registeredArguments;
  return {
    name: command.name(),
    description: command.description(),
    options: optionsOf(command),
    values: argument && valuesOf(argument, argument.name()),
  };
}

/** With `--help` and, of the program, `--version`. */
function optionsOf(command: Command): CompletedOption[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .map((option: Option) => ({
      names: [option.long, option.short].filter((name) => name !== undefined),
      description: option.description,
      values: option.required || option.optional ? valuesOf(option, placeholderOf(option)) : undefined,
      takesMany: option.variadic,
    }));
}

/** `file` of `--state <file...>`. */
function placeholderOf({ flags }: Option): string {
  return /[<[](\w+)/.exec(flags)?.[1] ?? "";
}

function valuesOf({ argChoices }: Option | Argument, placeholder: string): Values {
  return argChoices ?? valuesByPlaceholder[placeholder] ?? [];
}

/** For bash 3.2 and later. Without a result bash completes files, by `-o default`. */
function bashScript(commands: readonly CompletedCommand[], options: readonly CompletedOption[]): string {
  const quoted = (words: readonly string[]) => `"${words.join(" ")}"`;
  const values = commands.flatMap(({ name, options: own }) =>
    own
      .filter((option) => option.values !== undefined)
      .map(({ names, values: all, takesMany }) => {
        const patterns = names.map((option) => `"${name} ${option}"`).join(" | ");
        const words = all === "files" || all!.length === 0 ? "files" : quoted(all!); // bash completes the rest
        return `    ${patterns}) ${takesMany ? "many=1 " : ""}values=${words} ;;`;
      }),
  );
  const others = commands.map(({ name, options: own, values: all }) => {
    const words = [...own.flatMap(({ names }) => names), ...(all === undefined || all === "files" ? [] : all)];
    return `    ${name}) words=${quoted(words)} ;;`;
  });
  return [
    "# Completion of patchpath for bash: source it, or put it where bash-completion looks for it.",
    "_patchpath() {",
    '  local word words=() command="" option="" values="" many="" distance=0 current="${COMP_WORDS[COMP_CWORD]}"',
    '  [ "$current" = "=" ] && current=""',
    '  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
    '    [ "$word" = "=" ] && continue # bash takes --format=json for three words',
    "    distance=$((distance + 1))",
    '    case "$word" in',
    "      -?*) option=$word distance=0 ;;",
    `      ${commands.map(({ name }) => name).join(" | ")}) [ -z "$command" ] && command=$word ;;`,
    "    esac",
    "  done",
    '  case "$command $option" in',
    ...values,
    "  esac",
    '  if [ -n "$values" ] && { [ "$distance" = 0 ] || [ -n "$many" ]; } && [ "${current#-}" = "$current" ]; then',
    '    [ "$values" = files ] && return',
    '    COMPREPLY=($(compgen -W "$values" -- "$current"))',
    "    return",
    "  fi",
    '  case "$command" in',
    ...others,
    `    *) words=${quoted([...commands.map(({ name }) => name), ...options.flatMap(({ names }) => names)])} ;;`,
    "  esac",
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    "}",
    "complete -o default -F _patchpath patchpath",
  ].join("\n");
}

/** To be sourced, or a file `_patchpath` on `$fpath`. */
function zshScript(commands: readonly CompletedCommand[], options: readonly CompletedOption[]): string {
  const text = (words: string) => words.replace(/[[\]:\\]/g, "\\$&").replaceAll("'", "'\\''");
  const action = (values: Values) => (values === "files" ? "_files" : `(${values.join(" ")})`);
  const optionSpec = ({ names, description, values, takesMany }: CompletedOption) =>
    names.map((name) => {
      const value = values === undefined ? "" : `:value:${action(values)}`;
      return `'${takesMany ? "*" : ""}${name}[${text(description)}]${value}'`;
    });
  const cases = commands.map(({ name, options: own, values }) => {
    // What follows a variadic option's first value is an argument to zsh.
    const rest = values ?? own.find(({ takesMany }) => takesMany)?.values;
    const specs = [...own.flatMap(optionSpec), ...(rest === undefined ? [] : [`'*:value:${action(rest)}'`])];
    return [`        ${name})`, `          _arguments ${specs.join(" \\\n            ")}`, "          ;;"].join("\n");
  });
  return [
    "#compdef patchpath",
    "_patchpath() {",
    "  local context state line",
    "  local -a commands",
    `  commands=(${commands.map(({ name, description }) => `\n    '${name}:${text(description)}'`).join("")}`,
    "  )",
    `  _arguments -C ${[...options.flatMap(optionSpec), "'1:command:->command'", "'*::argument:->argument'"].join(" \\\n    ")}`,
    "  case $state in",
    "    command) _describe command commands ;;",
    "    argument)",
    "      case $line[1] in",
    ...cases,
    "      esac",
    "      ;;",
    "  esac",
    "}",
    'if [ "$funcstack[1]" = _patchpath ]; then _patchpath "$@"; else compdef _patchpath patchpath; fi',
  ].join("\n");
}

function fishScript(commands: readonly CompletedCommand[], options: readonly CompletedOption[]): string {
  const text = (words: string) => `'${words.replace(/[\\']/g, "\\$&")}'`;
  const valueFlags = (values: Values | undefined) =>
    values === undefined ? [] : values === "files" ? ["-r", "-F"] : ["-x", "-a", text(values.join(" "))];
  const optionLine = (when: string, { names, description, values }: CompletedOption) => {
    const flags = names.flatMap((name) => (name.startsWith("--") ? ["-l", name.slice(2)] : ["-s", name.slice(1)]));
    return ["complete -c patchpath", "-n", when, ...flags, ...valueFlags(values), "-d", text(description)].join(" ");
  };
  const argumentLine = (when: string, values: Values | undefined) => {
    if (values === undefined) return [];
    const flags = values === "files" ? ["-F"] : ["-a", text(values.join(" "))];
    return [["complete -c patchpath", "-n", when, ...flags].join(" ")];
  };
  return [
    "# Completion of patchpath for fish: source it, or write it to ~/.config/fish/completions/patchpath.fish.",
    "complete -c patchpath -f",
    ...options.map((option) => optionLine("__fish_use_subcommand", option)),
    ...commands.flatMap(({ name, description, options: own, values }) => {
      const when = text(`__fish_seen_subcommand_from ${name}`);
      return [
        `complete -c patchpath -n __fish_use_subcommand -a ${name} -d ${text(description)}`,
        ...own.map((option) => optionLine(when, option)),
        ...argumentLine(when, values ?? own.find(({ takesMany }) => takesMany)?.values),
      ];
    }),
  ].join("\n");
}
