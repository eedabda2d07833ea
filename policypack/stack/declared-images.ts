import { bottlerocket } from "../facts/images";
import { type System, isSystem, systems } from "../facts/systems";

/** What a team says about an image whose id tells nothing. */
export interface DeclaredImage {
  readonly system: System | typeof bottlerocket;
  /** Whether it includes the SSM agent; `undefined` for an image that is like the vendor's own. */
  readonly hasAgent: boolean | undefined;
}

/** By the id of the image. */
export type DeclaredImages = ReadonlyMap<string, DeclaredImage>;

/** The form of a declaration, for schemas. */
export const declarationPattern = `^((${Object.keys(systems).join("|").replaceAll(".", "\\.")})(,(agent|no-agent))?|${bottlerocket})$`;

/**
 * A declaration such as `amazon-linux-2023`, which means the vendor's own image, or `rhel-9,agent` and `rhel-9,no-agent`, or
 * `bottlerocket`, of which it does not matter; `undefined` for a text that is none.
 */
export function declarationIn(text: string): DeclaredImage | undefined {
  if (text === bottlerocket) return { system: bottlerocket, hasAgent: undefined };
  const [system = "", agent, ...more] = text.split(",");
  if (!isSystem(system) || more.length > 0) return undefined;
  if (agent === undefined) return { system, hasAgent: undefined };
  return agent === "agent" || agent === "no-agent" ? { system, hasAgent: agent === "agent" } : undefined;
}

/** The declarations of a config, by image; what is none is ignored, since the schema refuses it. */
export function declarationsIn(images: Readonly<Record<string, unknown>>): DeclaredImages {
  return new Map(
    Object.entries(images).flatMap(([id, text]): [string, DeclaredImage][] => {
      const image = typeof text === "string" ? declarationIn(text) : undefined;
      return image ? [[id, image]] : [];
    }),
  );
}

let declared: DeclaredImages = new Map();

/** Keeps the images that a config declares, for every stack that is modelled from then on: one process serves one config. */
export function declareImages(images: DeclaredImages): void {
  declared = images;
}

/** The images that are declared. */
export function declaredImages(): DeclaredImages {
  return declared;
}
