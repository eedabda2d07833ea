import { type System, type WindowsClassification, windowsClassifications, windowsProducts } from "patchpath/facts";

/** What a WSUS server synchronizes from Microsoft Update, and what it approves automatically. */
export interface Synchronization {
  /** The Windows versions of the clients, which determine the products. */
  readonly systems: readonly System[];
  /**
   * Titles of products in WSUS in addition to the Windows versions, such as `Microsoft Defender Antivirus`. The server validates them.
   *
   * @default - none
   */
  readonly products?: readonly string[] | undefined;
  /**
   * Classifications of updates, by their names in patch baselines.
   *
   * @default - CriticalUpdates, SecurityUpdates and UpdateRollups
   */
  readonly classifications?: readonly WindowsClassification[] | undefined;
  /**
   * Codes of the languages of the update files. Each one requires space on the content volume.
   *
   * @default - `en`, the language of the AWS images
   */
  readonly languages?: readonly string[] | undefined;
  /**
   * Time of the first synchronization of a day, UTC, as `hh:mm:ss`.
   *
   * @default 03:00:00
   */
  readonly timeOfDay?: string | undefined;
  /**
   * Number of synchronizations a day, 1 to 24.
   *
   * @default 1
   */
  readonly perDay?: number | undefined;
  /**
   * `Automatic`: WSUS approves all updates that it synchronizes, and only the patch baseline decides what is installed and when.
   * `Manual`: updates that nobody has approved in WSUS are not installed, whatever the baseline approves.
   *
   * @default Automatic
   */
  readonly approval?: "Automatic" | "Manual" | undefined;
}

/** Defaults of the settings, which the stack config shares. */
export const synchronizationDefaults = {
  classifications: ["CriticalUpdates", "SecurityUpdates", "UpdateRollups"],
  languages: ["en"],
  timeOfDay: "03:00:00",
  perDay: 1,
  approval: "Automatic",
} as const satisfies Omit<Synchronization, "systems">;

/** The same choice in the terms of WSUS and of a patch baseline, so that each has what the other approves. */
export function chosenUpdates(synchronization: Synchronization) {
  const products = synchronization.systems.map((system) => {
    const product = windowsProducts[system];
    if (!product) {
      throw new Error(
        `\`systems\` contains \`${system}\`, which WSUS does not serve; expected one or more of ${Object.keys(windowsProducts).join(", ")}.`,
      );
    }
    return product;
  });
  if (products.length === 0) throw new Error("`systems` is empty; expected the Windows versions of the clients.");
  const classifications = synchronization.classifications ?? synchronizationDefaults.classifications;
  return {
    wsus: {
      products: unique([...products.map(({ wsus }) => wsus), ...(synchronization.products ?? [])]),
      classifications: unique(classifications.map((name) => windowsClassifications[name])),
    },
    baseline: {
      products: unique(products.map(({ baseline }) => baseline)),
      classifications: unique(classifications),
    },
  };
}

/** The parameter values of the setup document. */
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
