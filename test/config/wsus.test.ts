import { deepStrictEqual } from "node:assert/strict";
import { readConfig } from "../../config";
import { type WrongConfig, configWith, problemsOf } from "./problems";

const windows = { name: "files", operatingSystem: "windows-server-2022" };
const wsus = { "patchpath:topology": "wsus", "patchpath:fleets": [windows] };
const subnetId = "subnet-0123456789abcdef1";
const server = { address: "wsus.corp.example", securityGroupId: "sg-0123456789abcdef0" };

describe("the config of WSUS", () => {
  it("creates a server unless one is configured", () => {
    const made = readConfig(configWith(wsus));
    deepStrictEqual(made.wsus.existing, undefined);
    deepStrictEqual(made.prices.wsusServer, { instanceType: "m6i.large", volumeGiB: 380 });
    const existing = readConfig(configWith({ ...wsus, "patchpath:wsus": { server } }));
    deepStrictEqual(existing.wsus.existing, { ...server, protocol: "https" });
    deepStrictEqual(existing.prices.wsusServer, undefined);
  });

  it("creates a server in an existing network, in the configured subnet", () => {
    const network = { vpcId: "vpc-0123456789abcdef0", subnetIds: ["subnet-0123456789abcdef0"] };
    const config = readConfig(configWith({ ...wsus, "patchpath:network": network, "patchpath:wsus": { subnetId } }));
    deepStrictEqual([config.wsus.subnetId, config.wsus.existing], [subnetId, undefined]);
  });

  it("synchronizes other products, for baseline rules about applications", () => {
    const filters = {
      PATCH_SET: ["APPLICATION"],
      PRODUCT_FAMILY: ["SQL Server"],
      PRODUCT: ["Microsoft SQL Server 2022"],
    };
    const config = readConfig(
      configWith({
        ...wsus,
        "patchpath:wsus": { products: ["Microsoft SQL Server 2022"] },
        "patchpath:baselines": [{ operatingSystem: "WINDOWS", rules: [{ filters }] }],
      }),
    );
    deepStrictEqual(config.wsus.existing === undefined && config.wsus.products, ["Microsoft SQL Server 2022"]);
  });

  const wrong: readonly WrongConfig[] = [
    [
      "settings that the topology does not use",
      { "patchpath:wsus": { perDay: 2 } },
      [
        "`patchpath:wsus` has no effect with the topology `endpoint-only`; expected it left out, or the topology `wsus`",
      ],
    ],
    [
      "a server without any Windows fleet",
      { "patchpath:topology": "wsus" },
      ["`patchpath:topology` is `wsus`; expected a fleet with Windows, since WSUS serves no other"],
    ],
    [
      "an address with a scheme",
      { ...wsus, "patchpath:wsus": { server: { ...server, address: "https://wsus:8531" } } },
      [
        "`patchpath:wsus.server.address` is `https://wsus:8531`; expected a DNS name or an IPv4 address, without scheme and port",
      ],
    ],
    [
      "settings for a server that the stack creates, with an existing one",
      { ...wsus, "patchpath:wsus": { server, contentGiB: 500 } },
      ["`patchpath:wsus.contentGiB` is for a server that the stack creates; expected it left out with `server`"],
    ],
    [
      "a server to create in an existing network, without a subnet",
      {
        ...wsus,
        "patchpath:network": { vpcId: "vpc-0123456789abcdef0", subnetIds: ["subnet-0123456789abcdef0"] },
      },
      [
        "`patchpath:wsus.subnetId` is missing; expected a private subnet of `patchpath:network.vpcId` with a default route to a NAT gateway, where the server is created, or `server` for an existing server",
      ],
    ],
    [
      "a subnet for a server in a network that the stack creates",
      { ...wsus, "patchpath:wsus": { subnetId } },
      [
        "`patchpath:wsus.subnetId` is for an existing network; expected it left out, since the VPC that the stack creates has a subnet for the server",
      ],
    ],
    [
      "a subnet for an existing server",
      { ...wsus, "patchpath:wsus": { server, subnetId } },
      ["`patchpath:wsus.subnetId` is for a server that the stack creates; expected it left out with `server`"],
    ],
    [
      "an alias of a key",
      { ...wsus, "patchpath:wsus": { certificateKeyArn: "arn:aws:kms:eu-west-1:123456789012:alias/wsus" } },
      [
        "`patchpath:wsus.certificateKeyArn` is `arn:aws:kms:eu-west-1:123456789012:alias/wsus`; expected the ARN of a key, since a policy does not apply to an alias",
      ],
    ],
    [
      "a certificate for a name that is not known",
      { ...wsus, "patchpath:wsus": { certificateSecretArn: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:x" } },
      ["`patchpath:wsus.certificateSecretArn` requires `serverName`, the DNS name that the certificate is for"],
    ],
    [
      "an invalid name",
      { ...wsus, "patchpath:wsus": { serverName: "WSUS" } },
      ["`patchpath:wsus.serverName` is `WSUS`; expected a DNS name in lower-case letters, such as `wsus.corp.example`"],
    ],
    [
      "a key without a secret",
      { ...wsus, "patchpath:wsus": { certificateKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/1234abcd" } },
      ["`patchpath:wsus.certificateKeyArn` has no effect; expected with `certificateSecretArn` only"],
    ],
    [
      "an invalid subnet",
      {
        ...wsus,
        "patchpath:network": { vpcId: "vpc-0123456789abcdef0", subnetIds: [subnetId] },
        "patchpath:wsus": { subnetId: "private" },
      },
      ["`patchpath:wsus.subnetId` is `private`; expected an id, such as `subnet-0123456789abcdef0`"],
    ],
    [
      "a classification that WSUS does not have",
      { ...wsus, "patchpath:wsus": { classifications: ["Drivers"] } },
      [
        "`patchpath:wsus.classifications[0]` is `Drivers`; expected one of `CriticalUpdates`, `DefinitionUpdates`, `FeaturePacks`, `SecurityUpdates`, `ServicePacks`, `Tools`, `UpdateRollups`, `Updates`",
      ],
    ],
    [
      "a product that would be read as several",
      { ...wsus, "patchpath:wsus": { products: ["Office;Windows"] } },
      ["`patchpath:wsus.products[0]` is `Office;Windows`; expected the title of a product, as WSUS shows it"],
    ],
    [
      "an invalid time",
      { ...wsus, "patchpath:wsus": { timeOfDay: "25:00:00" } },
      ["`patchpath:wsus.timeOfDay` is `25:00:00`; expected a time of day, UTC, such as `03:00:00`"],
    ],
    [
      "baselines that require what WSUS does not synchronize",
      {
        ...wsus,
        "patchpath:baselines": [
          {
            operatingSystem: "WINDOWS",
            rules: [{ filters: { PRODUCT: ["WindowsServer2016"], CLASSIFICATION: ["SecurityUpdates", "Updates"] } }],
          },
        ],
      },
      [
        "`patchpath:baselines[0].rules[0].filters.PRODUCT` has `WindowsServer2016`, which WSUS does not synchronize; expected a product of a Windows fleet",
        "`patchpath:baselines[0].rules[0].filters.CLASSIFICATION` has `Updates`, which WSUS does not synchronize; expected it in `patchpath:wsus.classifications`",
      ],
    ],
    [
      "resetting existing instances without any",
      { ...wsus, "patchpath:wsus": { resetExisting: true } },
      [
        "`patchpath:wsus.resetExisting` has no effect; expected it left out, since no fleet with Windows exists already",
      ],
    ],
    [
      "a server that is too small",
      { ...wsus, "patchpath:wsus": { contentGiB: 10 } },
      ["`patchpath:wsus.contentGiB` is `10`; expected at least 50"],
    ],
  ];
  for (const [name, values, problems] of wrong) {
    it(`rejects ${name}`, () => {
      deepStrictEqual(problemsOf(values), problems);
    });
  }
});
