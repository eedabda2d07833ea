import { deepStrictEqual } from "node:assert/strict";
import type { DeclaredImage } from "../../../policypack/stack/declared-images";
import { noSettings } from "../../../policypack/stack/launch-settings";
import { type FleetImage, imageOf } from "../../../policypack/stack/images";
import type { Reading } from "../../../policypack/stack/reading";
import type { StackResource } from "../../../policypack/stack/resource";
import { Stack } from "../../../policypack/stack/stack";
import { unknown } from "../rules/analyze";
import { resource } from "./resources";

const ami = (name: string, props: object, from: readonly StackResource[] = []) =>
  resource("aws:ec2/ami:Ami", name, { ...props }, { sourceAmiId: from });
const parameter = (name: string, props: object) => resource("aws:ssm/parameter:Parameter", name, { ...props });
const al2023 = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";

const golden = ami("golden", { id: "ami-1", name: "golden-1", ownerId: "123456789012" });
const amazons = ami("amazons", { id: "ami-2", name: "al2023-ami-x", imageOwnerAlias: "amazon", ownerId: "1" });
const ofAmazon = parameter("of-amazon", { name: al2023, value: "ami-3" });
const own = parameter("own", { name: "/golden/image", value: "ami-1" });
const rhel: DeclaredImage = { system: "rhel-9", hasAgent: true };
const hidden: Reading<string> = { is: "unknown" };

interface Case {
  readonly id?: string;
  readonly from?: readonly StackResource[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly resources?: readonly StackResource[];
  readonly declared?: Readonly<Record<string, DeclaredImage>>;
}

function imageIn({ id, from = [], tags = {}, resources = [golden, amazons, ofAmazon, own], declared = {} }: Case) {
  const stack = new Stack([...resources], new Map(Object.entries(declared)));
  return imageOf(stack, {
    ...noSettings,
    resource: resource("aws:ec2/instance:Instance", "web", {}),
    name: "web",
    imageId: id === undefined ? hidden : { is: "known", value: id },
    imageOrigins: from,
    tags: new Map(Object.entries(tags)),
  });
}

/** Copies of the image `ami-1`, each of the one before it. */
const copies = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    ami(`copy-${i}`, { id: `ami-copy-${i}`, sourceAmiId: i === 0 ? "ami-3" : `ami-copy-${i - 1}`, name: `copy-${i}` }),
  );

describe("the image of a fleet", () => {
  const cases: readonly (readonly [string, Case, FleetImage])[] = [
    ["is known by its id", { id: "ami-1" }, { id: "ami-1", name: "golden-1", owner: "123456789012" }],
    ["is its owner's by the alias", { id: "ami-2" }, { id: "ami-2", name: "al2023-ami-x", owner: "amazon" }],
    ["is known by the value of a public parameter", { id: "ami-3" }, { id: "ami-3", parameter: al2023 }],
    ["may be one of which only the id is known", { id: "ami-9" }, { id: "ami-9", name: undefined }],
    ["is not known by a parameter of the team", { id: "ami-1", resources: [own] }, { id: "ami-1", name: undefined }],
    ["is not known while its id comes from several resources", { from: [golden, own] }, { name: undefined }],
    [
      "is known by the only image that its id comes from",
      { from: [golden] },
      { name: "golden-1", owner: "123456789012" },
    ],
    ["is known by the parameter that its id comes from", { from: [ofAmazon] }, { parameter: al2023 }],
    ["is not known by a parameter of the team that its id comes from", { from: [own] }, { name: undefined }],
    [
      "may come from other resources as well",
      { from: [resource("aws:ec2/vpc:Vpc", "vpc", {}), golden] },
      { name: "golden-1", owner: "123456789012" },
    ],
    ["is known by a tag", { tags: { SourceAmiName: "al2023-x" } }, { name: "al2023-x" }],
    ["is known by a tag of another form", { tags: { base_image_name: "al2023-x" } }, { name: "al2023-x" }],
    ["is known by a tag that is two words", { tags: { "Ami-Name": "al2023-x" } }, { name: "al2023-x" }],
    [
      "is not known by other tags",
      { tags: { "ami-name-prefix": "x", "ami.name": "x", Name: "x" } },
      { name: undefined },
    ],
    [
      "is known by itself rather than by a tag",
      { id: "ami-1", tags: { AmiName: "x" } },
      { id: "ami-1", name: "golden-1", owner: "123456789012" },
    ],
    [
      "is known by its parameter rather than by a tag",
      { id: "ami-3", tags: { AmiName: "x" } },
      { id: "ami-3", parameter: al2023 },
    ],
    [
      "is what it is a copy of",
      { id: "ami-copy-0", resources: [ofAmazon, ...copies(1)] },
      { id: "ami-copy-0", parameter: al2023 },
    ],
    [
      "is what it is a copy of, through five copies",
      { id: "ami-copy-4", resources: [ofAmazon, ...copies(5)] },
      { id: "ami-copy-4", parameter: al2023 },
    ],
    [
      "is followed through no more copies",
      { id: "ami-copy-5", resources: [ofAmazon, ...copies(6)] },
      { id: "ami-copy-5", name: "copy-0", owner: undefined },
    ],
    [
      "is what is declared of its id",
      { id: "ami-9", declared: { "ami-9": rhel } },
      { id: "ami-9", declared: rhel, name: undefined },
    ],
    [
      "is what is declared of the image that it is a copy of",
      { id: "ami-copy-1", resources: copies(2), declared: { "ami-3": rhel } },
      { id: "ami-copy-1", declared: rhel, name: undefined },
    ],
    [
      "is the copy of an image that is not known",
      { id: "ami-5", resources: [ami("copy", { id: "ami-5", sourceAmiId: "ami-9", name: "copy" })] },
      { id: "ami-5", name: "copy", owner: undefined },
    ],
    [
      "is the copy of what the id of its source comes from",
      { id: "ami-5", resources: [golden, ami("copy", { id: "ami-5", sourceAmiId: unknown, name: "copy" }, [golden])] },
      { id: "ami-5", name: "golden-1", owner: "123456789012" },
    ],
    [
      "is the copy of what nothing tells the source of",
      {
        id: "ami-5",
        resources: [resource("aws:ec2/amiCopy:AmiCopy", "copy", { id: "ami-5", sourceAmiId: unknown, name: "copy" })],
      },
      { id: "ami-5", name: "copy", owner: undefined },
    ],
    [
      "is the first of two with one id",
      { id: "ami-5", resources: [ami("b", { id: "ami-5", name: "second" }), ami("a", { id: "ami-5", name: "first" })] },
      { id: "ami-5", name: "first", owner: undefined },
    ],
  ];
  for (const [what, input, expected] of cases) {
    it(what, () => {
      deepStrictEqual(imageIn(input), expected);
    });
  }

  it("is known by a direct reference to a public parameter", () => {
    deepStrictEqual(imageIn({ id: `resolve:ssm:${al2023}:3` }), { declared: undefined, parameter: al2023 });
  });
});
