import { deepStrictEqual } from "node:assert/strict";
import { systems } from "../../policypack/facts/systems";
import { type WrongConfig, fleet, problemsOf } from "./problems";

const fleets = (...all: object[]) => ({ "patchpath:fleets": all });
const nat = { "patchpath:topology": "nat" };
const windows = { name: "files", operatingSystem: "windows-server-2022" };
const rhel = { name: "db", operatingSystem: "rhel-9", imageId: "ami-0123456789abcdef0" };

describe("the config of fleets", () => {
  const wrong: readonly WrongConfig[] = [
    [
      "a name used twice",
      fleets(fleet, fleet),
      ["`patchpath:fleets[1].name` is `web`, as `fleets[0].name` is; expected a unique name"],
    ],
    [
      "a name that AWS would reject",
      fleets({ ...fleet, name: "Web Server" }),
      [
        "`patchpath:fleets[0].name` is `Web Server`; expected 1 to 32 lower-case letters, digits or hyphens, a letter first",
      ],
    ],
    ["no objects", fleets(1 as never), ["`patchpath:fleets[0]` is `1`; expected an object"]],
    [
      "an invalid instance type",
      fleets({ ...fleet, instanceType: "large" }),
      ["`patchpath:fleets[0].instanceType` is `large`; expected an instance type, such as `t3.micro`"],
    ],
    [
      "Windows on Graviton",
      { ...nat, ...fleets({ ...windows, instanceType: "m7g.large" }) },
      [
        "`patchpath:fleets[0].instanceType` is `m7g.large`; expected an x86_64 type, the only architecture of Windows Server 2022",
      ],
    ],
    [
      "an operating system that requires the internet, without a route to it",
      fleets(rhel),
      [
        "`patchpath:fleets[0].operatingSystem`: Red Hat Enterprise Linux 9 gets its updates from the internet, which `endpoint-only` does not reach; expected the topology `nat` (97.82 USD/month more than `endpoint-only`)",
      ],
    ],
    [
      "an operating system that requires the internet, behind WSUS",
      { "patchpath:topology": "wsus", ...fleets(rhel, windows) },
      [
        "`patchpath:fleets[0].operatingSystem`: Red Hat Enterprise Linux 9 gets its updates from the internet, which `wsus` does not reach; expected the topology `nat` (145.25 USD/month less than `wsus`)",
      ],
    ],
    [
      "an operating system that requires Microsoft Update, without a route to it",
      fleets(windows),
      [
        "`patchpath:fleets[0].operatingSystem`: Windows Server 2022 gets its updates from Microsoft Update or a WSUS server, which `endpoint-only` does not reach; expected the topology `nat` (97.82 USD/month more than `endpoint-only`) or `wsus` (243.07 USD/month more than `endpoint-only`)",
      ],
    ],
    [
      "a repository on the internet, without a route to it",
      fleets({ ...fleet, repositories: ["epel"] }),
      [
        "`patchpath:fleets[0].repositories`: the repository `epel` is on the internet, which `endpoint-only` does not reach; expected the topology `nat` (97.82 USD/month more than `endpoint-only`)",
      ],
    ],
    [
      "a repository for Windows",
      { ...nat, ...fleets({ ...windows, repositories: ["chocolatey"] }) },
      ["`patchpath:fleets[0].repositories` is for Linux; expected it left out with Windows Server 2022"],
    ],
    [
      "no image for an operating system whose images have no known owner",
      { ...nat, ...fleets({ ...rhel, operatingSystem: "rhel-7", imageId: undefined }) },
      [
        "`patchpath:fleets[0].imageId` is missing; expected the id of an image of Red Hat Enterprise Linux 7, which has neither a public SSM parameter nor a known owner for x86_64 in `ap-northeast-1`",
      ],
    ],
    [
      "an image by name",
      fleets({ ...fleet, imageId: "al2023" }),
      ["`patchpath:fleets[0].imageId` is `al2023`; expected an id, such as `ami-0123456789abcdef0`"],
    ],
    [
      "isolated subnets for a fleet that requires the internet",
      { ...nat, ...fleets({ ...windows, subnets: "isolated" }) },
      [
        "`patchpath:fleets[0].subnets` is `isolated`; expected `private`, since its updates take the topology's route to the internet",
      ],
    ],
    [
      "isolated subnets without interface endpoints",
      { ...nat, "patchpath:endpoints": { interface: false }, ...fleets({ ...fleet, subnets: "isolated" }) },
      [
        "`patchpath:fleets[0].subnets` is `isolated`; expected `private`, since its updates or its agent's calls take the topology's route to the internet",
      ],
    ],
    [
      "private subnets in a topology without them",
      fleets({ ...fleet, subnets: "private" }),
      ["`patchpath:fleets[0].subnets` is `private`; expected `isolated`, the only subnets of `endpoint-only`"],
    ],
    [
      "a deprecated policy",
      fleets({ ...fleet, managedPolicies: ["arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM"] }),
      [
        "`patchpath:fleets[0].managedPolicies[0]` is `arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM`, which AWS has deprecated; expected `arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore`",
      ],
    ],
    [
      "the policy that every fleet already has",
      fleets({ ...fleet, managedPolicies: ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"] }),
      [
        "`patchpath:fleets[0].managedPolicies[0]` is `arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore`, which every fleet has; expected it left out",
      ],
    ],
    [
      "a policy that is not an ARN",
      fleets({ ...fleet, managedPolicies: ["CloudWatchAgentServerPolicy"] }),
      [
        "`patchpath:fleets[0].managedPolicies[0]` is `CloudWatchAgentServerPolicy`; expected the ARN of a managed policy",
      ],
    ],
    [
      "user data that is not a script",
      fleets({ ...fleet, userData: "dnf install -y nginx" }),
      ["`patchpath:fleets[0].userData` is not a script; expected a shell script that begins with `#!`"],
    ],
    [
      "a shell script for Windows",
      { ...nat, ...fleets({ ...windows, userData: "#!/bin/bash" }) },
      ["`patchpath:fleets[0].userData` is not a script; expected a text with `<powershell>`"],
    ],
    [
      "user data beyond EC2's limit",
      fleets({ ...fleet, userData: `#!/bin/bash\n${"#".repeat(16_384)}` }),
      ["`patchpath:fleets[0].userData` makes 16396 bytes of user data; expected at most 16384"],
    ],
    [
      "a tag that the stack sets",
      fleets({ ...fleet, tags: { PatchGroup: "mine" } }),
      ["`patchpath:fleets[0].tags.PatchGroup` is set by the stack or by AWS; expected another tag"],
    ],
    [
      "the tag that identifies a fleet",
      fleets({ ...fleet, tags: { "patchpath:fleet": "mine" } }),
      ["`patchpath:fleets[0].tags.patchpath:fleet` is set by the stack or by AWS; expected another tag"],
    ],
    [
      "tags that AWS would reject, because of their lengths",
      fleets({ ...fleet, tags: { "": "x", ["k".repeat(129)]: "x", team: "v".repeat(257), owner: "v".repeat(256) } }),
      [
        "`patchpath:fleets[0].tags` has a key of 0 characters; expected 1 to 128",
        "`patchpath:fleets[0].tags` has a key of 129 characters; expected 1 to 128",
        "`patchpath:fleets[0].tags.team` has 257 characters; expected at most 256",
      ],
    ],
    [
      "more tags than AWS allows",
      fleets({ ...fleet, tags: Object.fromEntries(Array.from({ length: 48 }, (_, i) => [`t${i}`, "x"])) }),
      ["`patchpath:fleets[0].tags` has 48 tags; expected at most 47"],
    ],
    [
      "a minimum size above the maximum",
      fleets({ ...fleet, size: { min: 3, max: 2 } }),
      ["`patchpath:fleets[0].size.min` is `3`; expected at most `max`, which is `2`"],
    ],
  ];
  for (const [name, values, problems] of wrong) {
    it(`rejects ${name}`, () => {
      deepStrictEqual(problemsOf(values), problems);
    });
  }

  it("rejects what is wrong with each fleet, whatever is wrong with another", () => {
    deepStrictEqual(
      problemsOf(
        fleets(
          { ...fleet, sise: 2 },
          { ...windows, instanceType: "m7g.large" },
          { ...fleet, name: "twin", repositories: ["epel"] },
          { ...fleet, name: "twin" },
        ),
      ),
      [
        "`patchpath:fleets[0].sise` is not a key of this config; did you mean `size`?",
        "`patchpath:fleets[1].instanceType` is `m7g.large`; expected an x86_64 type, the only architecture of Windows Server 2022",
        "`patchpath:fleets[2].repositories`: the repository `epel` is on the internet, which `endpoint-only` does not reach; expected the topology `nat` (97.82 USD/month more than `endpoint-only`)",
        "`patchpath:fleets[3].name` is `twin`, as `fleets[2].name` is; expected a unique name",
      ],
    );
  });

  it("suggests the most similar operating system for a misspelled one, and the page that lists all", () => {
    const system = (operatingSystem: string) => problemsOf(fleets({ ...fleet, operatingSystem }));
    const all = `one of the ${Object.keys(systems).length} values in docs/config.md`;
    deepStrictEqual(system("beos"), [
      `\`patchpath:fleets[0].operatingSystem\` is \`beos\`; expected ${all}, such as \`centos-stream-9\`, \`rhel-7\`, \`rhel-8\`, \`rhel-9\``,
    ]);
    deepStrictEqual(system("ubuntu"), [
      `\`patchpath:fleets[0].operatingSystem\` is \`ubuntu\`; expected ${all}, such as \`ubuntu-16.04\`, \`ubuntu-18.04\`, \`ubuntu-20.04\`, \`ubuntu-22.04\``,
    ]);
  });
});
