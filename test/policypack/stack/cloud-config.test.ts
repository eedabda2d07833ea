import { strictEqual } from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { commandsOf, gunzipped } from "../../../policypack/stack/cloud-config";

const written = (path: string, content: string) => `cat > ${path} <<'END_OF_FILE'\n${content}\nEND_OF_FILE`;
const inBase64 = (text: string) => Buffer.from(text).toString("base64");
const zipped = gzipSync("zipped").toString("base64");

describe("the commands of cloud-config", () => {
  const cases: readonly (readonly [string, config: string, commands: string | undefined])[] = [
    ["are none in an empty document", "#cloud-config\n\n  # nothing yet\n", ""],
    ["are not known for a document without keys that is not empty", "#cloud-config\nnull # nothing\n", undefined],
    ["are not known for a text", "#cloud-config\nruncmd\n", undefined],
    ["are not known for broken YAML", "#cloud-config\nruncmd: [", undefined],
    ["are those of the last of two keys with one name", "runcmd: [first]\nruncmd: [second]", "second"],
    ["do not include a key that is not a list", "runcmd: reboot\npackages: zip\nwrite_files: {}\nbootcmd: 1", ""],
    ["are those of bootcmd, then those of runcmd", "runcmd: [second]\nbootcmd: [first]", "first\nsecond"],
    ["include lists of words", "runcmd: [[sleep, 5], [tool, true, null]]", "sleep 5\ntool true "],
    [
      "install packages",
      "packages: [zip, [curl, 8.0], 7]",
      "package install zip\npackage install curl\npackage install 7",
    ],
    [
      "install packages by package manager",
      "packages: [{ apt: [zip, [curl, 8.0]], snap: none }]",
      "package install zip\npackage install curl",
    ],
    ["install no package without a name", "packages: ['', null, []]", ""],
    [
      "write files",
      "write_files: [{ path: /etc/a, content: text }, { path: /etc/b }]",
      `${written("/etc/a", "text")}\n${written("/etc/b", "")}`,
    ],
    ["write no file without a path", "write_files: [text, { content: text }, { path: 7, content: text }, null]", ""],
    [
      "write the repositories of yum",
      "yum_repos: { epel: { baseurl: https://a, enabled: false }, bad: text }",
      `${written("/etc/yum.repos.d/epel.repo", "[epel]\nbaseurl=https://a\nenabled=false")}\n${written("/etc/yum.repos.d/bad.repo", "[bad]")}`,
    ],
    [
      "write the repositories of zypper",
      "zypper: { repos: [{ id: oss, baseurl: https://a }] }",
      written("/etc/zypp/repos.d/oss.repo", "[oss]\nbaseurl=https://a"),
    ],
    [
      "write the sources of apt",
      "apt: { sources: { one: { source: deb https://a x }, two.list: { source: deb https://b y } } }",
      `${written("/etc/apt/sources.list.d/one.list", "deb https://a x")}\n${written("/etc/apt/sources.list.d/two.list", "deb https://b y")}`,
    ],
    [
      "set the proxies of apt",
      "apt: { http_proxy: http://a, https_proxy: http://b, ftp_proxy: http://c }",
      'Acquire::http::Proxy "http://a";\nAcquire::https::Proxy "http://b";',
    ],
    ["set the proxy of apt by its short name", "apt: { proxy: http://a }", 'Acquire::http::Proxy "http://a";'],
    ["set no proxy where apt has no settings", "apt: text", ""],
  ];
  for (const [what, config, commands] of cases) {
    it(what, () => {
      strictEqual(commandsOf(config), commands);
    });
  }

  for (const [encoding, content, text] of [
    ["text/plain", "text", "text"],
    ["base32", "dGV4dA==", "dGV4dA=="],
    ["b64", inBase64("text"), "text"],
    ["base64", inBase64("text"), "text"],
    ["gz+b64", zipped, "zipped"],
    ["gz+base64", zipped, "zipped"],
    ["gzip+b64", zipped, "zipped"],
    ["gzip+base64", zipped, "zipped"],
    ["gz", zipped, ""],
    ["gzip", zipped, ""],
    ["gz+b64", inBase64("text"), ""],
  ] as const) {
    it(`write a file with ${text === "" ? "no text where" : `the text \`${text}\` where`} \`${content}\` is said to be ${encoding}`, () => {
      const file = { path: "/etc/a", content, encoding };
      strictEqual(commandsOf(JSON.stringify({ write_files: [file] })), written("/etc/a", text));
    });
  }
});

describe("decompression", () => {
  it("returns what was compressed", () => {
    strictEqual(gunzipped(gzipSync("text"))?.toString(), "text");
  });

  it("returns nothing for what is damaged, or far larger than user data can be", () => {
    strictEqual(gunzipped(gzipSync("text").subarray(0, 12)), undefined);
    strictEqual(gunzipped(gzipSync(Buffer.alloc(1 << 20)))?.length, 1 << 20);
    strictEqual(gunzipped(gzipSync(Buffer.alloc((1 << 20) + 1))), undefined);
  });
});
