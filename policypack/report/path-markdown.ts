import { pathsAsMermaid } from "./path-mermaid";
import type { PathReport } from "./path-report";

const marks = { open: "✔", blocked: "✘", unknown: "?", "not-needed": "–" } as const;

/** For a pull request's comment: the fleets by hops, what is to be done, and the flow as a picture. */
export function pathsAsMarkdown(report: PathReport): string {
  const { fleets, deprecatedPolicies } = report;
  const [first] = fleets;
  const table = first
    ? [
        `| fleet | system | ${first.hops.map(({ hop }) => hop).join(" | ")} | verdict |`,
        `| --- | --- | ${first.hops.map(() => "---").join(" | ")} | --- |`,
        ...fleets.map(
          ({ name, operatingSystem, hops, verdict }) =>
            `| ${cell(name)} | ${operatingSystem} | ${hops.map((hop) => marks[hop.verdict]).join(" | ")} | **${verdict}** |`,
        ),
      ]
    : ["No fleet: no instance, Auto Scaling group or launch template."];
  const breaks = fleets.flatMap(({ name, hops }) =>
    hops
      .filter(({ verdict }) => verdict === "blocked" || verdict === "unknown")
      .map(
        ({ hop, verdict, because, fix }) =>
          `- ${marks[verdict]} **${cell(name)}: ${hop}** ${cell(because)}${fix ? ` ${cell(fix)}` : ""}`,
      ),
  );
  const deprecated = deprecatedPolicies.map(
    ({ role, policyArn, replacements }) =>
      `- ✘ **role ${cell(role)}** has the deprecated \`${policyArn}\`${replacements.length > 0 ? `; expected \`${replacements.join("`, `")}\`` : ""}`,
  );
  const picture = first ? ["", "```mermaid", pathsAsMermaid(report), "```"] : [];
  return ["### Patch path", "", ...table, "", ...breaks, ...deprecated, ...picture].join("\n");
}

/** Names are the user's, and may hold what Markdown reads. */
function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;").replace(/\s+/g, " ");
}
