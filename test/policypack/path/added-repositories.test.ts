import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { addedRepositories, addsFromInternet } from "../../../policypack/path/added-repositories";
import { fleetsOf } from "../../../policypack/stack/fleets";
import { endpointOnly, set, stack } from "./traps/bases";
import { asState } from "./traps/trap";

function web(lines: readonly string[]) {
  const all = asState(stack(endpointOnly, set("web", { userData: ["#!/bin/bash", ...lines].join("\n") })));
  return [all, fleetsOf(all).find(({ name }) => name === "web")!] as const;
}

/** What a script adds, each with its host or bucket. */
const added = (...lines: readonly string[]) =>
  addedRepositories(...web(lines)).map(({ what, host }) =>
    [what, host.is === "S3" ? host.bucket : host.where].join(" at "),
  );

const repository = (name: string) => `a package repository at \`${name}\``;
const file = (path: string, ...lines: readonly string[]) => [`cat <<EOF > ${path}`, ...lines, "EOF"];
const yum = (...lines: readonly string[]) => added(...file("/etc/yum.repos.d/own.repo", ...lines));
const apt = (...lines: readonly string[]) => added(...file("/etc/apt/sources.list.d/own.sources", ...lines));

describe("the repositories in a file of yum or dnf", () => {
  it("are those of its sections, by any of the keys", () => {
    deepStrictEqual(
      yum("[a]", "baseurl = https://a.example.com/", "[b]", "mirrorlist=https://b.example.com/?arch=$basearch"),
      [repository("a.example.com"), repository("b.example.com")],
    );
    deepStrictEqual(yum("[c]", "metalink=https://c.example.com/metalink"), [repository("c.example.com")]);
  });

  it("are not those of disabled sections, with or without an empty line between sections", () => {
    const disabled = ["[a]", "enabled = 0", "name=A [stable]", "baseurl=https://a.example.com/"];
    const enabled = ["[b]", "enabled=1", "baseurl=https://b.example.com/"];
    deepStrictEqual(yum(...disabled, ...enabled), [repository("b.example.com")]);
    deepStrictEqual(yum(...disabled, "", ...enabled), [repository("b.example.com")]);
  });

  it("are read in a heredoc with tabs, which the shell removes", () => {
    const lines = ["[a]", "enabled=0", "baseurl=https://a.example.com/", "[b]", "baseurl=https://b.example.com/"];
    deepStrictEqual(added("cat <<-EOF > /etc/yum.repos.d/own.repo", ...lines.map((line) => `\t${line}`), "\tEOF"), [
      repository("b.example.com"),
    ]);
  });

  it("are not those in comments, in other keys or in other files", () => {
    deepStrictEqual(yum("[a]", "# enabled=0", "#baseurl=https://old.example.com/", "baseurl=https://a.example.com/"), [
      repository("a.example.com"),
    ]);
    deepStrictEqual(yum("[a]", "gpgkey=https://keys.example.com/KEY"), []);
    deepStrictEqual(added(...file("/root/notes", "[a]", "baseurl=https://a.example.com/")), []);
  });
});

describe("the repositories in a file of apt", () => {
  it("are those of its lines, sources too", () => {
    deepStrictEqual(
      apt(
        "deb [signed-by=/usr/share/keyrings/own.gpg] https://a.example.com/debian bookworm main",
        "  deb-src https://b.example.com/debian bookworm main",
        "# deb https://c.example.com/debian bookworm main",
      ),
      [repository("a.example.com"), repository("b.example.com")],
    );
  });

  it("are those of its paragraphs, unless they are disabled", () => {
    const paragraph = (name: string, ...more: readonly string[]) => [
      "Types: deb",
      ...more,
      `URIs: https://${name}.example.com/debian`,
      "Suites: bookworm",
    ];
    deepStrictEqual(apt(...paragraph("a", "Enabled: no"), "", ...paragraph("b")), [repository("b.example.com")]);
  });
});

describe("the repositories that commands add", () => {
  it("are at the address in the command, not at that of its proxy or key", () => {
    deepStrictEqual(added("dnf config-manager --add-repo https://a.example.com/a.repo"), [repository("a.example.com")]);
    deepStrictEqual(added("zypper --key=https://keys.example.com/KEY addrepo https://a.example.com/sles own"), [
      repository("a.example.com"),
    ]);
    deepStrictEqual(added("add-apt-repository --key https://keys.example.com/KEY https://a.example.com/debian"), [
      repository("a.example.com"),
    ]);
  });

  it("do not exist without an address, and not for the package of the agent", () => {
    deepStrictEqual(added("dnf config-manager --add-repo /opt/own.repo"), []);
    deepStrictEqual(added("yum install -y https://a.example.com/amazon-ssm-agent-release-3.rpm"), []);
  });
});

describe("user data adds packages from the internet", () => {
  const adds = (...lines: readonly string[]) => addsFromInternet(...web(lines));

  it("if a repository is there, but not if all of them are in S3 or may be private", () => {
    strictEqual(adds("dnf config-manager --add-repo https://a.example.com/a.repo"), true);
    strictEqual(adds("dnf config-manager --add-repo https://own.s3.eu-west-1.amazonaws.com/own.repo"), false);
    strictEqual(adds("dnf config-manager --add-repo http://10.0.9.9/own.repo"), false);
    strictEqual(adds("dnf install -y https://a.example.com/tool.rpm"), false);
  });
});
