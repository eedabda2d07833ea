import type { System } from "./systems";

/**
 * The ports of a WSUS server. With TLS both are used: metadata over HTTPS, update files over HTTP at the port below it.
 *
 * Source:
 * https://learn.microsoft.com/windows-server/administration/windows-server-update-services/deploy/2-configure-wsus,
 * checked 2026-11-21.
 */
export const wsusPorts = { http: 8530, https: 8531 } as const;

/** The systems whose images a WSUS server can run on. */
export type WsusServerSystem = "windows-server-2022" | "windows-server-2025";

/**
 * The first builds that have the fix of CVE-2025-59287 (remote code execution in WSUS), as `build.revision`: the
 * out-of-band updates KB5070884 and KB5070881 of 2025-10-23.
 *
 * Sources, checked 2026-11-22: windowsforum.com's report on KB5070881 names 26100.6905; 20348.4297 is the build of the
 * base images that Microsoft published together with 26100.6905 (for one, of docker.io/library/hello-world:nanoserver).
 */
export const wsusPatchedBuilds: Readonly<Record<WsusServerSystem, string>> = {
  "windows-server-2022": "20348.4297",
  "windows-server-2025": "26100.6905",
};

/** One product under its two names: the value of a Patch Manager baseline's filter, and the title that WSUS shows. */
export interface WindowsProduct {
  readonly baseline: string;
  readonly wsus: string;
}

/**
 * What a Windows system is called where its updates are chosen. One table for both, so that the baseline and WSUS
 * cannot select different updates.
 *
 * Sources, checked 2026-11-22: the values of
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PatchFilter.html for the baseline; the titles as
 * public WSUS scripts and Microsoft's catalogue have them (2022 and 2025 go by their release; WSUS writes "Operating
 * System" in some in capitals, so they are compared without regard to case).
 */
export const windowsProducts: Readonly<Partial<Record<System, WindowsProduct>>> = {
  "windows-server-2012": { baseline: "WindowsServer2012", wsus: "Windows Server 2012" },
  "windows-server-2012-r2": { baseline: "WindowsServer2012R2", wsus: "Windows Server 2012 R2" },
  "windows-server-2016": { baseline: "WindowsServer2016", wsus: "Windows Server 2016" },
  "windows-server-2019": { baseline: "WindowsServer2019", wsus: "Windows Server 2019" },
  "windows-server-2022": { baseline: "WindowsServer2022", wsus: "Microsoft Server operating system-21H2" },
  "windows-server-2025": { baseline: "WindowsServer2025", wsus: "Microsoft Server operating system-24H2" },
};

/** Classifications by the value of a baseline's filter, with the title that WSUS shows. Sources as above. */
export const windowsClassifications = {
  CriticalUpdates: "Critical Updates",
  DefinitionUpdates: "Definition Updates",
  FeaturePacks: "Feature Packs",
  SecurityUpdates: "Security Updates",
  ServicePacks: "Service Packs",
  Tools: "Tools",
  UpdateRollups: "Update Rollups",
  Updates: "Updates",
} as const;

export type WindowsClassification = keyof typeof windowsClassifications;
