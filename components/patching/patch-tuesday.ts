import { type Schedule, runsFrom } from "./schedule";

const dayInMilliseconds = 86_400_000;

/**
 * When Microsoft releases the monthly cumulative updates: on second Tuesdays. Sources, checked 2026-11-28:
 * https://learn.microsoft.com/graph/api/resources/intune-osprovisioninggraphservice-manageddevicewindowsoperatingsystemupdate ("Patch
 * Tuesday or B-week of each month"), https://www.powershellgallery.com/packages/Get-PatchTuesday (the second Tuesday). The hour is
 * that of public calendars, and does not matter: see the day that is granted below.
 */
function releaseOf(year: number, month: number): Date {
  const first = new Date(Date.UTC(year, month, 1)).getUTCDay();
  const tuesday = 1 + ((2 - first + 7) % 7);
  return new Date(Date.UTC(year, month, tuesday + 7, 17));
}

/**
 * Whether every cumulative update of the coming year is replaced by the next one before a run of the schedule that would find it
 * approved. How AWS counts the days of a delay is not documented to the hour, so a run counts that is up to a day early.
 *
 * @param delayDays days from the release to the approval
 * @returns `false` for a `rate(...)` and `at(...)`, whose runs are not known or not regular
 */
export function missesEveryRelease(schedule: Schedule, delayDays: number, now: Date): boolean {
  const releases = Array.from({ length: 13 }, (_, i) => releaseOf(now.getUTCFullYear(), now.getUTCMonth() + i));
  const runs = runsFrom(schedule, releases[0]!, releases.at(-1)!);
  if (runs === undefined) return false;
  return releases.slice(0, -1).every((release, i) => {
    const approved = +release + (delayDays - 1) * dayInMilliseconds;
    return !runs.some((run) => +run >= Math.max(approved, +release) && run < releases[i + 1]!);
  });
}
