import { imageBringsAgent } from "../facts/agents";
import type { Fleet } from "../stack/fleets";
import { known } from "../stack/reading";
import type { FleetSystem } from "../stack/systems";
import { type HopVerdict, blocked, open, unknown } from "./hop";

/** Is the SSM agent on the image, or does user data install it? */
export function agentHop(fleet: Fleet, system: FleetSystem | undefined): HopVerdict {
  const { resource } = fleet;
  if (known(fleet.userData)?.includes("amazon-ssm-agent")) {
    return open("user data installs it", { evidence: { resource, property: "userData" } });
  }
  if (!system) return unknown("which image it runs, and whether that has the SSM agent", { resource });
  if (!system.isAwsImage) {
    return unknown(`whether its image has the SSM agent: only ${system.clue} tells its system`, { resource });
  }
  if (imageBringsAgent(system.id)) return open(`AWS's image of ${system.id} brings it`, { evidence: { resource } });
  if (fleet.userData.is === "unknown") return unknown("its user data, which may install the SSM agent", { resource });
  return blocked(
    `the image of ${system.id} has no SSM agent, and user data installs none`,
    { resource, property: "userData" },
    "Install amazon-ssm-agent by user data, from a place that the subnet reaches, or bake it into the image.",
  );
}
