import { type System, type WindowsClassification, windowsClassifications, windowsProducts } from "patchpath/facts";

/** What a WSUS server fetches from Microsoft Update, and what it approves by itself. */
export interface Synchronization {
  /** The Windows systems of the clients; their products follow from them. */
  readonly systems: readonly System[];
  /**
   * By the names that Patch Manager's baselines have for them.
   *
   * @default - CriticalUpdates, SecurityUpdates and UpdateRollups
   */
  readonly classifications?: readonly WindowsClassification[] | undefined;
  /**
   * Codes of the languages whose update files are kept; each adds to the content volume.
   *
   * @default - `en`, the language of AWS's images
   */
  readonly languages?: readonly string[] | undefined;
  /**
   * Time of the first synchronisation of a day, UTC, as `hh:mm:ss`.
   *
   * @default 03:00:00
   */
  readonly timeOfDay?: string | undefined;
  /**
   * Number of synchronisations a day, 1 to 24.
   *
   * @default 1
   */
  readonly perDay?: number | undefined;
  /**
   * `Automatic`: WSUS approves whatever it synchronises, and the patch baseline alone decides what is installed and when.
   * `Manual`: nothing is installed that nobody has approved in WSUS, whatever the baseline says.
   *
   * @default Automatic
   */
  readonly approval?: "Automatic" | "Manual" | undefined;
}

/** What holds where a setting is left out; the stack config has the same. */
export const synchronizationDefaults = {
  classifications: ["CriticalUpdates", "SecurityUpdates", "UpdateRollups"],
  languages: ["en"],
  timeOfDay: "03:00:00",
  perDay: 1,
  approval: "Automatic",
} as const satisfies Omit<Synchronization, "systems">;

/** The same choice in the words of WSUS and in those of a patch baseline, so that neither asks for what the other lacks. */
export function chosenUpdates(synchronization: Synchronization) {
  const products = synchronization.systems.map((system) => {
    const product = windowsProducts[system];
    if (!product) {
      throw new Error(
        `\`systems\` has \`${system}\`, which WSUS does not serve; expected some of ${Object.keys(windowsProducts).join(", ")}.`,
      );
    }
    return product;
  });
  if (products.length === 0) throw new Error("`systems` is empty; expected the Windows systems of the clients.");
  const classifications = synchronization.classifications ?? synchronizationDefaults.classifications;
  return {
    wsus: {
      products: unique(products.map(({ wsus }) => wsus)),
      classifications: unique(classifications.map((name) => windowsClassifications[name])),
    },
    baseline: {
      products: unique(products.map(({ baseline }) => baseline)),
      classifications: unique(classifications),
    },
  };
}

/** The values of the set-up document's parameters. */
export function synchronizationParameters(synchronization: Synchronization, targetGroups: readonly string[]) {
  const { products, classifications } = chosenUpdates(synchronization).wsus;
  const {
    languages = synchronizationDefaults.languages,
    timeOfDay = synchronizationDefaults.timeOfDay,
    perDay = synchronizationDefaults.perDay,
    approval = synchronizationDefaults.approval,
  } = synchronization;
  return {
    Products: products.join(";"),
    Classifications: classifications.join(";"),
    Languages: unique(languages).join(";"),
    TargetGroups: unique(targetGroups).join(";") || "none",
    SynchronizationTime: timeOfDay,
    SynchronizationsPerDay: String(perDay),
    Approval: approval,
  };
}

function unique<T extends string>(values: readonly T[]): T[] {
  return [...new Set(values)].sort();
}
