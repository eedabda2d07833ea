import { wrongSchedule } from "@patchpath/components";
import { z } from "zod";
import { namespace, record } from "./values";

/** `patchpath:patching`. */
export const patching = z
  .strictObject({
    method: z.enum(["maintenance-window"]).default("maintenance-window"),
    operation: z.enum(["Scan", "Install"]).default("Install"),
    schedule: z
      .string()
      .superRefine((schedule, context) => {
        const expected = wrongSchedule(schedule);
        if (expected !== undefined) context.addIssue(expected);
      })
      .default("cron(0 18 ? * SUN *)"),
    timezone: z.string().refine(isTimezone, "an IANA time zone, such as `Asia/Tokyo`").default("Etc/UTC"),
    duration: z.int().min(1).max(24).default(3),
    cutoff: z.int().min(0).max(23).default(1),
  })
  .prefault({});

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export function problemsOfCutoff(value: unknown): string[] {
  const { cutoff = 1, duration = 3 } = record(value);
  if (typeof cutoff !== "number" || typeof duration !== "number" || cutoff < duration) return [];
  return [
    `\`${namespace}patching.cutoff\` is \`${cutoff}\`; expected less than \`duration\`, which is \`${duration}\``,
  ];
}
