import type { FleetWindow, PatchingSettings } from "./method";

/** All settings of a maintenance window for some fleets. */
export function settingsOfWindow(
  { windows: _windows, ...ofStack }: PatchingSettings,
  { name: _name, fleets: _fleets, offset, scanSchedule, ...own }: FleetWindow,
): PatchingSettings {
  const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
  return { ...ofStack, ...given, offset, scanSchedule };
}
