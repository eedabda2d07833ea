/**
 * Writes the screenshots of docs/images/ from the report on a recorded state in which something breaks:
 * `npm run screenshots`. They are pictures of the page as Chromium shows it, and change with its fonts.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { render } from "../policypack/report/formats";
import { reportOn } from "../policypack/report/path-report";
import { readStackFile } from "../policypack/sources/stack-file";
import { Stack } from "../policypack/stack/stack";

const root = join(__dirname, "..");
const state = join(root, "examples", "own-vpc", "state.json");
const images = join(root, "docs", "images");

interface Installed {
  readonly args: readonly string[];
  readonly ensureChromium: () => string;
}
// eslint-disable-next-line @typescript-eslint/no-require-imports -- plain JavaScript, since it also runs by itself
const { args, ensureChromium } = require("./chromium.js") as Installed;

const { version } = JSON.parse(readFileSync(join(root, "policypack", "package.json"), "utf8")) as { version: string };

/** Above and below what a picture shows. */
const margin = 24;

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "patchpath-screenshots-"));
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: [...args] });
  try {
    const file = join(folder, "report.html");
    const report = reportOn([new Stack(readStackFile(state, undefined).resources)]);
    writeFileSync(file, render("explain", "html", report, { remarks: [], width: 100, colour: false, version }));
    const page = await browser.newPage({ viewport: { width: 1024, height: 760 }, colorScheme: "light" });
    await page.goto(pathToFileURL(file).href);
    mkdirSync(images, { recursive: true });
    await page.screenshot({ path: join(images, "report.png") });
    const [network, fleets] = [
      await page.locator("#network").boundingBox(),
      await page.locator("#fleets").boundingBox(),
    ];
    const [top, bottom] = [network!.y - margin, fleets!.y + fleets!.height + margin];
    const clip = { x: 0, y: top, width: 1024, height: bottom - top };
    await page.screenshot({ path: join(images, "report-network.png"), clip, fullPage: true });
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
