import {
  type Architecture,
  type Region,
  type System,
  agentPackageUrl,
  imageBringsAgent,
  isWindows,
} from "patchpath/facts";

/** The maximum size of user data in EC2: bytes before base64. */
export const userDataMaxBytes = 16_384;

const boundary = "==patchpath==";

/**
 * What an instance runs at first boot: it installs the SSM agent where the image may lack it, then runs the script of the user.
 *
 * @param isOwnImage whether the user chose the image, which may lack the agent
 * @param own shell script for Linux, `<powershell>` or `<script>` for Windows; left as it is
 * @returns the text before base64; `undefined` if there is nothing to run
 */
export function userData(
  system: System,
  architecture: Architecture,
  region: Region,
  isOwnImage: boolean,
  own?: string,
): string | undefined {
  if (isWindows(system) || (imageBringsAgent(system) === true && !isOwnImage)) return own;
  const install = installAgent(system, agentPackageUrl(system, architecture, region));
  return own === undefined ? install : multipart(install, own);
}

/** Installs the agent before the script of the user, which may fail. Ubuntu images include it as a snap. */
function installAgent(system: System, url: string): string {
  return [
    "#!/bin/bash",
    "set -eu",
    "if systemctl cat amazon-ssm-agent snap.amazon-ssm-agent.amazon-ssm-agent 2>/dev/null | grep -q ExecStart; then exit 0; fi",
    ...installPackage(system, url),
    "systemctl enable --now amazon-ssm-agent",
    "",
  ].join("\n");
}

function installPackage(system: System, url: string): readonly string[] {
  if (url.endsWith(".deb")) {
    return [
      `curl --fail --silent --show-error --retry 5 --output /tmp/amazon-ssm-agent.deb ${url}`,
      "dpkg --install /tmp/amazon-ssm-agent.deb",
    ];
  }
  return [system.startsWith("suse") ? `rpm --install ${url}` : `yum install -y ${url}`];
}

/** cloud-init runs the parts one after the other. */
function multipart(...scripts: readonly string[]): string {
  const parts = scripts.map((script) =>
    [`--${boundary}`, 'Content-Type: text/x-shellscript; charset="utf-8"', "MIME-Version: 1.0", "", script].join("\n"),
  );
  return [
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
    "MIME-Version: 1.0",
    "",
    ...parts,
    `--${boundary}--`,
    "",
  ].join("\n");
}
