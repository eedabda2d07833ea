import type { PolicyConfigSchema } from "@pulumi/policy";
import type { StackResource } from "../stack/resource";
import type { Finding } from "./finding";

/** A resource that a rule does not judge, for a reason and until a date. */
export interface Exemption {
  /** The resource's name or URN. */
  readonly resource: string;
  readonly reason?: string;
  /** The last day on which it holds, as `2026-12-31`. */
  readonly until?: string;
}

/** The part of a rule's config that every rule has. */
export interface Exemptions {
  readonly exempt?: readonly Exemption[];
}

export const exemptSchema: PolicyConfigSchema["properties"][string] = {
  type: "array",
  description: "Resources that the rule does not judge, each with a reason and a last day.",
  items: {
    type: "object",
    properties: {
      resource: { type: "string", description: "Name or URN." },
      reason: { type: "string" },
      until: { type: "string", description: "The last day, as `2026-12-31`." },
    },
    required: ["resource"],
    additionalProperties: false,
  },
  default: [],
};

/** One clock for the whole run: a preview at midnight judges all its resources by one day. */
export const today = new Date().toISOString().slice(0, 10);

/** What is wrong with an exemption, as a clause; `undefined` when it holds. */
export function wrongExemption({ reason, until }: Exemption, day: string = today): string | undefined {
  if (!reason?.trim()) return "has no `reason`; expected why the rule does not apply to it";
  if (until === undefined) return "has no `until`; expected its last day, such as `2026-12-31`";
  if (!/^\d{4}-\d{2}-\d{2}$/.test(until))
    return `has \`until\` as \`${until}\`; expected a date, such as \`2026-12-31\``;
  return until < day ? `ended on \`${until}\`; expected a later date, or remove the exemption` : undefined;
}

/** Whether an exemption that holds covers a resource. */
export function isExempt({ name, urn }: Finding["resource"], { exempt = [] }: Exemptions): boolean {
  return exempt.some(
    (exemption) => [name, urn].includes(exemption.resource) && wrongExemption(exemption) === undefined,
  );
}

/**
 * The findings that no exemption covers, and a finding for each exemption that does not hold, at the resource that it
 * names.
 *
 * @param seen the resources that this face looks at
 */
export function withoutExempted(
  findings: readonly Finding[],
  seen: readonly Pick<StackResource, "name" | "urn">[],
  config: Exemptions,
): Finding[] {
  const { exempt = [] } = config;
  if (exempt.length === 0) return [...findings];
  const covers = ({ name, urn }: Finding["resource"]) =>
    exempt.filter(({ resource }) => resource === name || resource === urn);
  const left = findings.filter(({ resource }) => !isExempt(resource, config));
  const broken = seen.flatMap((resource) =>
    covers(resource).flatMap((exemption): Finding[] => {
      const wrong = wrongExemption(exemption);
      return wrong === undefined ? [] : [{ resource, message: `The exemption of \`${exemption.resource}\` ${wrong}.` }];
    }),
  );
  return [...left, ...broken];
}
