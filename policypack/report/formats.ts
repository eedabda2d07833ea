import type * as HtmlPages from "./html";
import { pathsAsJunit } from "./path-junit";
import { pathsAsMarkdown } from "./path-markdown";
import { pathsAsMermaid } from "./path-mermaid";
import { type PathReport, contractOf } from "./path-report";
import { pathsAsSarif } from "./path-sarif";
import { pathsAsText } from "./path-text";
import { type ExplainedPolicy, outputOf } from "./policy-report";
import type { Page } from "./printing";
import { policyAsMarkdown, policyAsText } from "./policy-text";
import type { RolesReport } from "./roles-report";
import { rolesAsMarkdown, rolesAsText } from "./roles-text";
import { wrapped } from "./wrapped";

/** What each command with `--format` reports. */
interface Reports {
  readonly policy: readonly ExplainedPolicy[];
  readonly explain: PathReport;
  readonly roles: RolesReport;
}

export type ReportingCommand = keyof Reports;

type Renderers = { readonly [C in ReportingCommand]?: (report: Reports[C], page: Page) => string };

/** What `--format` may be, with a renderer for each command that has it. */
export interface Format extends Renderers {
  /** What it is for: in the help and the documentation. */
  readonly description: string;
  /** Whether it shows the remarks; otherwise they are printed to standard error. */
  readonly showsRemarks: boolean;
}

/** Its modules, and the layout library, are loaded only for it. */
// eslint-disable-next-line @typescript-eslint/no-require-imports -- on demand, and without waiting
const html = () => require("./html") as typeof HtmlPages;

const asJson = (output: object) => JSON.stringify(output, undefined, 2);

/** Every format, in the order of the help: the command line, its help and the documentation take them from here. */
export const formats = {
  text: {
    description: "for people, at a terminal",
    showsRemarks: true,
    policy: (reports, { width, colour }) =>
      wrapped(reports.map((report) => policyAsText(report, colour)).join("\n\n"), width),
    explain: (report, page) => wrapped(pathsAsText(report, page), page.width),
    roles: (report, { remarks, width, colour }) => wrapped(rolesAsText(report, remarks, colour), width),
  },
  json: {
    description: "for programs, with a JSON Schema",
    showsRemarks: false,
    policy: (reports) => asJson(outputOf(reports)),
    explain: (report) => asJson(contractOf(report)),
    roles: asJson,
  },
  markdown: {
    description: "for the comment of a pull request",
    showsRemarks: true,
    policy: (reports) => reports.map(policyAsMarkdown).join("\n\n"),
    explain: (report, { remarks }) => pathsAsMarkdown(report, remarks),
    roles: (report, { remarks }) => rolesAsMarkdown(report, remarks),
  },
  sarif: {
    description: "for code scanning",
    showsRemarks: false,
    explain: (report, { version }) => asJson(pathsAsSarif(report, version)),
  },
  junit: {
    description: "for test reports of CI systems",
    showsRemarks: false,
    explain: (report) => pathsAsJunit(report),
  },
  mermaid: {
    description: "a diagram of the network",
    showsRemarks: false,
    explain: (report) => pathsAsMermaid(report),
  },
  html: {
    description: "a page for a browser, in one file",
    showsRemarks: true,
    policy: (reports, page) => html().policyAsHtml(reports, page),
    explain: (report, page) => html().pathsAsHtml(report, page),
    roles: (report, page) => html().rolesAsHtml(report, page),
  },
} as const satisfies Readonly<Record<string, Format>>;

type Formats = typeof formats;

/** The formats of a command. */
export type FormatOf<C extends ReportingCommand> = {
  [F in keyof Formats]: C extends keyof Formats[F] ? F : never;
}[keyof Formats];

/** The formats of a command, in order. */
export function formatsOf(command: ReportingCommand): (readonly [name: string, format: Format])[] {
  return Object.entries<Format>(formats).filter(([, format]) => command in format);
}

/** The report of a command in one of its formats. */
export function render<C extends ReportingCommand>(
  command: C,
  format: FormatOf<C>,
  report: Reports[C],
  page: Page,
): string {
  const renderers: Renderers = formats[format];
  return renderers[command]!(report, page);
}
