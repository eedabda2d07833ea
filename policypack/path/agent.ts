import { imageBringsAgent } from "../facts/agents";
import type { Fleet } from "../stack/fleets";
import { known } from "../stack/reading";
import type { FleetSystem } from "../stack/systems";
import { type HopVerdict, blocked, open, unknown } from "./hop";

/** Lines of user data that take the agent away, or keep it from starting. */
const removal = /\b(remove|erase|purge|uninstall|disable|mask|stop)\b.*amazon-ssm-agent/i;

/** Is the SSM agent on the image, or does user data install it? */
export function agentHop(fleet: Fleet, system: FleetSystem | undefined): HopVerdict {
  const { resource } = fleet;
  const lines = known(fleet.userData)?.split("\n") ?? [];
  const about = lines.filter((line) => line.includes("amazon-ssm-agent"));
  const evidence = { resource, property: "userData" };
  if (about.some((line) => !removal.test(line))) return open("user data installs it", { evidence });
  if (about.length > 0) {
    return blocked("user data takes it away", evidence, "Leave amazon-ssm-agent installed and running.");
  }
  if (!system) return unknown("which image it runs, and whether that has the SSM agent", { resource });
  if (!system.isAwsImage) {
    return unknown(`whether its image has the SSM agent: only ${system.clue} tells its system`, { resource });
  }
  if (imageBringsAgent(system.id)) return open(`AWS's image of ${system.id} brings it`, { evidence: { resource } });
  if (fleet.userData.is === "unknown") return unknown("its user data, which may install the SSM agent", { resource });
  return blocked(
    `the image of ${system.id} has no SSM agent, and user data installs none`,
    evidence,
    "Install amazon-ssm-agent by user data, from a place that the subnet reaches, or bake it into the image.",
  );
}
