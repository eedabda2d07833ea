import { deepStrictEqual, throws } from "node:assert/strict";
import { windowsClassifications, windowsProducts } from "patchpath/facts";
import { chosenUpdates, synchronizationParameters } from "../../../components/wsus/synchronization";

describe("what a WSUS server synchronizes", () => {
  it("is in the terms of WSUS and of a baseline, once for each operating system", () => {
    deepStrictEqual(chosenUpdates({ systems: ["windows-server-2022", "windows-server-2019", "windows-server-2022"] }), {
      wsus: {
        products: ["Microsoft Server operating system-21H2", "Windows Server 2019"],
        classifications: ["Critical Updates", "Security Updates", "Update Rollups"],
      },
      baseline: {
        products: ["WindowsServer2019", "WindowsServer2022"],
        classifications: ["CriticalUpdates", "SecurityUpdates", "UpdateRollups"],
      },
    });
  });

  it("becomes parameters of the setup", () => {
    deepStrictEqual(synchronizationParameters({ systems: ["windows-server-2025"] }, []), {
      Products: "Microsoft Server operating system-24H2",
      Classifications: "Critical Updates;Security Updates;Update Rollups",
      Languages: "en",
      TargetGroups: "none",
      SynchronizationTime: "03:00:00",
      SynchronizationsPerDay: "1",
      Approval: "Automatic",
    });
    deepStrictEqual(
      synchronizationParameters(
        {
          systems: ["windows-server-2016"],
          classifications: ["SecurityUpdates"],
          languages: ["ja", "en"],
          timeOfDay: "18:30:00",
          perDay: 4,
          approval: "Manual",
        },
        ["Web", "Files"],
      ),
      {
        Products: "Windows Server 2016",
        Classifications: "Security Updates",
        Languages: "en;ja",
        TargetGroups: "Files;Web",
        SynchronizationTime: "18:30:00",
        SynchronizationsPerDay: "4",
        Approval: "Manual",
      },
    );
  });

  it("contains other products too, which no operating system determines", () => {
    const { wsus, baseline } = chosenUpdates({
      systems: ["windows-server-2019"],
      products: ["Microsoft Defender Antivirus", "Windows Server 2019"],
    });
    deepStrictEqual(wsus.products, ["Microsoft Defender Antivirus", "Windows Server 2019"]);
    deepStrictEqual(baseline.products, ["WindowsServer2019"]);
  });

  it("is an error for an operating system that WSUS does not serve, and for none", () => {
    throws(() => chosenUpdates({ systems: ["rhel-9"] }), {
      message: `\`systems\` contains \`rhel-9\`, which WSUS does not serve; expected one or more of ${Object.keys(windowsProducts).join(", ")}.`,
    });
    throws(() => chosenUpdates({ systems: [] }), {
      message: "`systems` is empty; expected the Windows versions of the clients.",
    });
  });

  it("has no product or classification twice under different names", () => {
    const products = Object.values(windowsProducts);
    deepStrictEqual(new Set(products.map(({ wsus }) => wsus)).size, products.length);
    deepStrictEqual(new Set(products.map(({ baseline }) => baseline)).size, products.length);
    deepStrictEqual(
      Object.entries(windowsClassifications).filter(([baseline, wsus]) => wsus.replaceAll(" ", "") !== baseline),
      [],
    );
  });
});
