import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Headline } from "../headline";
import { marks } from "../path-breaks";
import { escaped, sentence } from "./markup";

/** A page that is one file: it loads nothing, and its policy forbids that it does. */
export interface HtmlPage {
  /** What is reported. */
  readonly kind: string;
  readonly headline: Headline;
  /** Sentences about the whole report. */
  readonly remarks: readonly string[];
  /** In HTML. */
  readonly main: readonly string[];
  /** Where a keyboard may skip to: an id with its name. */
  readonly skip?: readonly [id: string, name: string];
  /** The block of data of the script, in HTML. */
  readonly data?: string;
  readonly version: string;
}

/** The folder is beside this module, in the sources and in the build. */
const inBrowser = (file: string) => readFileSync(join(__dirname, "browser", file), "utf8").trim();

/** In this order: what holds for a phone or paper overrides the rest. */
const styles = ["page.css", "report.css", "drawing.css", "media.css"];

const hashOf = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

export function htmlPage({ kind, headline, remarks, main, skip, data, version }: HtmlPage): string {
  const { verdict, words, counts } = headline;
  const style = styles.map(inBrowser).join("\n");
  const script = ["page.js", ...(data === undefined ? [] : ["fleets.js"])].map(inBrowser).join("\n");
  const policy = [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    `script-src ${hashOf(script)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    '<link rel="icon" href="data:,">',
    `<title>${escaped(`${kind}: ${words}`)}</title>`,
    `<style>${style}</style>`,
    "</head>",
    "<body>",
    ...(skip ? [`<a class="skip" href="#${skip[0]}">Skip to ${skip[1]}</a>`] : []),
    "<header>",
    `<p class="kind">${kind}</p>`,
    `<h1 class="${verdict}"><span class="mark" aria-hidden="true">${marks[verdict]}</span> ${escaped(words)}</h1>`,
    ...(counts === undefined ? [] : [`<p class="counts">${escaped(counts)}</p>`]),
    ...remarks.map((remark) => `<p class="remark">${sentence(remark)}</p>`),
    "</header>",
    "<main>",
    ...main,
    "</main>",
    `<footer><p>Patchpath ${escaped(version)}</p><p id="said" role="status" class="unseen"></p></footer>`,
    ...(data === undefined ? [] : [data]),
    `<script>${script}</script>`,
    "</body>",
    "</html>",
  ].join("\n");
}

/** A part of the page with a heading; nothing where it has no content. */
export function section(id: string, title: string, content: readonly string[]): string[] {
  if (content.length === 0) return [];
  return [
    `<section id="${id}" aria-labelledby="${id}-title">`,
    `<h2 id="${id}-title">${title}</h2>`,
    ...content,
    "</section>",
  ];
}

/** A search that hides what lacks its words; nothing where all is seen at once. */
export function search(items: string, count: number, placeholder: string): string[] {
  if (count < 4) return [];
  return [
    '<div class="filters" data-js hidden><p class="field wide"><label for="search">Search</label>',
    `<input type="search" id="search" data-items="${items}" autocomplete="off" spellcheck="false" placeholder="${placeholder}"></p></div>`,
    '<p id="count" role="status" data-js hidden></p>',
  ];
}

/** Sentences as a list. */
export function list(sentences: readonly string[]): string[] {
  if (sentences.length === 0) return [];
  return ['<ul class="plain">', ...sentences.map((one) => `<li>${sentence(one)}</li>`), "</ul>"];
}
