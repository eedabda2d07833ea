// The pages of this repository as a website: VitePress with its default theme. Nothing is written for the site alone; the sidebar
// is what docs/README.md lists.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { defineConfig } from "vitepress";

const root = join(import.meta.dirname, "..", "..");
const repository = "https://github.com/patchpath/patchpath";

/** The pages of the site; every other file is linked on GitHub. */
const folders = ["docs", "examples"];
const single = ["README.md", "README.ja.md", "components/README.md", "policypack/README.md", "audit/README.md"];
const tracked = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "--", "*.md"], {
  cwd: root,
  encoding: "utf8",
})
  .trim()
  .split("\n");
const pages = tracked.filter(
  (file) => single.includes(file) || folders.some((folder) => file.startsWith(`${folder}/`)),
);
const textOf = (file) => readFileSync(join(root, file), "utf8");

/** A README is the index of its folder. */
const rewrites = Object.fromEntries(
  pages
    .filter((file) => /(^|\/)README(\.ja)?\.md$/.test(file))
    .map((file) => [file, file === "README.ja.md" ? "ja/index.md" : file.replace(/README\.md$/, "index.md")]),
);
const routeOf = (file) => `/${(rewrites[file] ?? file).replace(/(index)?\.md$/, "")}`;

const titleOf = (file) => /^# (.*)$/m.exec(textOf(file))?.[1]?.replaceAll("`", "") ?? file;
const linksIn = (text) =>
  [...text.matchAll(/\[([^\]]*)\]\(([^)#]+\.md)\)/g)].map(([, label, path]) => ({ label, path }));

/** The sections of docs/README.md, with the pages that they list. */
const sections = textOf("docs/README.md")
  .split(/^## /m)
  .slice(1)
  .map((section) => {
    const [title, ...lines] = section.split("\n");
    const items = linksIn(lines.join("\n")).map(({ path }) => normalize(join("docs", path)));
    return { text: title.trim(), items: [...new Set(items)].filter((file) => file !== "README.md").map(itemOf) };
  });
const groups = ["rules", "components"].map((folder) => ({
  text: folder === "rules" ? "Rules" : "Components",
  collapsed: true,
  items: pages.filter((file) => file.startsWith(`docs/${folder}/`)).map(itemOf),
}));

function itemOf(file) {
  return { text: titleOf(file), link: routeOf(file) };
}

/** The anchor of a heading, as GitHub makes it: the pages link to these. */
function slugify(heading) {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\p{Pc} -]/gu, "")
    .replaceAll(" ", "-");
}

/** Links to files that are not pages lead to GitHub; links to published pages stay in the site. */
function linksOfRepository(md) {
  md.core.ruler.push("links-of-repository", ({ tokens, env }) => {
    for (const { children } of tokens.filter(({ type }) => type === "inline")) {
      for (const token of children.filter(({ type }) => type === "link_open")) {
        token.attrSet("href", hrefFrom(env.realPath ?? env.path, token.attrGet("href")));
      }
    }
  });
}

function hrefFrom(page, href) {
  const published = `${repository}/blob/main/`;
  const isPublished = href.startsWith(published);
  if ((/^[a-z]+:/.test(href) && !isPublished) || href.startsWith("#")) return href;
  const [target, anchor] = (isPublished ? href.slice(published.length) : href).split("#");
  const file = isPublished ? target : normalize(join(dirname(page.slice(root.length + 1)), target));
  const hash = anchor === undefined ? "" : `#${anchor}`;
  if (pages.includes(file)) return `${routeOf(file)}${hash}`;
  return `${repository}/blob/main/${file}${hash}`;
}

/** The pages are outside of this folder, so that nothing would find its packages from there. */
const packagesOfTheSite = {
  name: "packages-of-the-site",
  enforce: "pre",
  resolveId(source, importer, options) {
    if (!/^vue(\/|$)/.test(source) || importer === import.meta.filename) return undefined;
    if (options.ssr) return { id: source, external: true }; // found at run time, from .vitepress/.temp
    return this.resolve(source, import.meta.filename, { ...options, skipSelf: true });
  },
};

const theme = {
  nav: [
    { text: "How to", link: "/docs/" },
    { text: "The patch path", link: "/docs/path" },
    { text: "Examples", link: "/examples/" },
  ],
  sidebar: [{ text: "Patchpath", link: "/" }, ...sections, ...groups],
  i18nRouting: false, // only the home page is translated
  outline: [2, 3],
  search: { provider: "local" },
  socialLinks: [{ icon: "github", link: repository }],
  editLink: { pattern: `${repository}/edit/main/:path` },
};

export default defineConfig({
  title: "Patchpath",
  description: "Will the instances in this private subnet really be patched?",
  base: process.env["PATCHPATH_SITE_BASE"] ?? "/patchpath/",
  srcDir: root,
  srcExclude: [
    "**/node_modules/**",
    ".stryker-tmp/**",
    "*/CHANGELOG.md",
    ...tracked.filter((file) => !pages.includes(file)),
  ],
  rewrites,
  locales: { root: { label: "English", lang: "en" }, ja: { label: "日本語", lang: "ja", link: "/ja/" } },
  markdown: { anchor: { slugify }, config: linksOfRepository },
  themeConfig: theme,
  vite: { plugins: [packagesOfTheSite] },
});
