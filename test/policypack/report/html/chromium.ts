import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type BrowserContext, type BrowserContextOptions, type Page, chromium } from "playwright-core";

/** Plain JavaScript, since it also runs by itself. */
interface Installed {
  readonly args: readonly string[];
  readonly ensureChromium: () => string;
}
// eslint-disable-next-line @typescript-eslint/no-require-imports -- it has no types
const installed = require("../../../../scripts/chromium.js") as Installed;

/** A page as it was opened, with what it must not do. */
export interface OpenPage {
  readonly page: Page;
  /** URLs that it asked for, without itself. */
  readonly requests: readonly string[];
  /** What the console says, such as that its policy forbids something, and errors. */
  readonly messages: readonly string[];
}

/** Chromium with a profile of its own, without a network: files are all that it opens. */
export class Chromium {
  readonly #folder = mkdtempSync(join(tmpdir(), "patchpath-chromium-"));
  readonly #contexts: BrowserContext[] = [];
  #count = 0;

  /** Shows HTML from a file. */
  async open(html: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
    this.#count += 1;
    const file = join(this.#folder, `${this.#count}.html`);
    writeFileSync(file, html);
    const context = await chromium.launchPersistentContext(join(this.#folder, `profile-${this.#count}`), {
      executablePath: installed.ensureChromium(),
      args: [...installed.args],
      ...options,
    });
    this.#contexts.push(context);
    const url = pathToFileURL(file).href;
    const [requests, messages]: [string[], string[]] = [[], []];
    await context.route(/^(?!file:|data:)/, (route) => route.abort());
    const page = await context.newPage();
    page.on("request", (request) => {
      if (request.url() !== url && !request.url().startsWith("data:")) requests.push(request.url());
    });
    page.on("console", (message) => messages.push(message.text()));
    page.on("pageerror", ({ message }) => messages.push(message));
    await page.goto(url);
    return { page, requests, messages };
  }

  async close(): Promise<void> {
    for (const context of this.#contexts.splice(0)) await context.close();
  }

  async remove(): Promise<void> {
    await this.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
