import type { Truth } from "../iam/truth";
import type { Fleet } from "./fleets";
import { targetsCover } from "./management";
import { type Reading, asText, isSecret, known, plain, read, readText } from "./reading";
import type { StackResource } from "./resource";
import type { Stack } from "./stack";

/** A script that a stack runs on Windows machines: user data, or what a State Manager association runs. */
export interface Script {
  /** Without comments, each parameter `{{ Name }}` replaced by its value where that is known. */
  readonly lines: readonly string[];
  readonly resource: StackResource;
  /** Top-level property that contains the values, such as an address. */
  readonly property: string;
  /** Whether it runs on the fleet. */
  readonly runs: Truth;
  /** Whether it may do something that the stack does not show. */
  readonly isPartial: boolean;
  /** Whether a value in it is a secret. */
  readonly isHidden: boolean;
}

/** The scripts that run on a fleet, or may; associations before user data, since State Manager runs them again. */
export function scriptsOf(stack: Stack, fleet: Fleet): Script[] {
  const byAssociation = stack.derive(associationScripts).flatMap((script): Script[] => {
    const runs = targetsCover(stack, script.resource, fleet);
    return runs === false ? [] : [{ ...script, runs }];
  });
  if (fleet.userData.is === "absent") return byAssociation;
  const userData: Script = {
    lines: linesOf(known(fleet.userData) ?? ""),
    resource: fleet.resource,
    property: "userData",
    runs: true,
    isPartial: fleet.userData.is === "unknown",
    isHidden: isSecret(fleet.userData),
  };
  return [...byAssociation, userData];
}

/** What the associations of a stack run, wherever; for `stack.derive`. */
export function associationScripts(stack: Stack): Omit<Script, "runs">[] {
  return stack.of("association").flatMap((association): Omit<Script, "runs">[] => {
    const given = read(association.props, "parameters");
    const script = { resource: association, property: "parameters", isHidden: isSecret(plain(given)) };
    const isPartial = given.is === "unknown";
    const document = stack.followProperty(association, "name", "document");
    if (document?.is === "resource") {
      const content = read(document.resource.props, "content");
      const { lines, defaults } = documentOf(content);
      return [
        {
          ...script,
          lines: lines.map((line) => filled(line, given, defaults)),
          isPartial: plain(content).is === "unknown",
          isHidden: script.isHidden || isSecret(plain(content)),
        },
      ];
    }
    const name = document?.is === "outside" ? document.id : "";
    if (name === "AWS-RunPowerShellScript") {
      const commands = isPartial ? given : plain(read(given.is === "known" ? given.value : {}, "commands"));
      return [{ ...script, lines: linesOf(textsIn(commands).join("\n")), isPartial: commands.is === "unknown" }];
    }
    const isHarmless = name.startsWith("AWS") && !bringsItsOwn.includes(name);
    return isHarmless ? [] : [{ ...script, property: "name", lines: [], isPartial: true }];
  });
}

/** AWS documents that run given content, or join a domain, whose group policy may set anything. */
const bringsItsOwn = [
  "AWS-ApplyAnsiblePlaybooks",
  "AWS-ApplyChefRecipes",
  "AWS-ApplyDSCMofs",
  "AWS-JoinDirectoryServiceDomain",
  "AWS-RunDocument",
  "AWS-RunRemoteScript",
];

/** The lines of a document's steps, and the defaults of its parameters: of JSON, or of YAML as it stands. */
function documentOf(content: Reading): { lines: string[]; defaults: unknown } {
  const text = known(asText(content));
  let document = text === undefined ? known(plain(content)) : undefined;
  if (text !== undefined) {
    try {
      document = JSON.parse(text);
    } catch {
      return { lines: linesOf(text), defaults: {} };
    }
  }
  const steps = [read(document, "mainSteps"), read(document, "runtimeConfig")];
  return {
    lines: linesOf(steps.flatMap(textsIn).join("\n")),
    defaults: known(read(document, "parameters")),
  };
}

function textsIn(reading: Reading): string[] {
  if (reading.is !== "known") return [];
  const { value } = reading;
  if (typeof value === "string") return [value];
  if (typeof value !== "object") return [];
  return Object.keys(value!).flatMap((key) => textsIn(read(value, key)));
}

/** Without comments, and with what a backtick continues on one line. */
function linesOf(text: string): string[] {
  return text
    .replace(/<#[^]*?#>/g, "")
    .replace(/`\r?\n\s*/g, "")
    .split(/\r?\n/)
    .filter((line) => !/^\s*(#|;|rem\b|::)/i.test(line));
}

/** A line with the values of an association's parameters, or else their defaults; what is not known stays as it is. */
function filled(line: string, given: Reading, defaults: unknown): string {
  return line.replace(/\{\{\s*(\w+)\s*\}\}/g, (placeholder, name: string) => {
    if (given.is === "unknown") return placeholder;
    const own = read(known(given), name);
    if (own.is === "unknown") return placeholder;
    return textsIn(own)[0] ?? known(readText(known(read(defaults, name)), "default")) ?? placeholder;
  });
}
