import type { Fleet } from "./fleets";
import { known } from "./reading";

/** The lines of a fleet's user data without comments; none where it is not known. */
export function userDataLines({ userData }: Fleet): string[] {
  return (known(userData) ?? "").split("\n").filter((line) => !/^\s*(#|rem\b|::)/i.test(line));
}
