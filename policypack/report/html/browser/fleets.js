// @ts-check
"use strict";
// The list of fleets. Texts become text nodes only: the policy of the page forbids anything else.
(() => {
  /** @typedef {import("../fleet-data").FleetData} FleetData */
  /** @typedef {FleetData["fleets"][number]} Fleet */

  /** @param {string} id */
  const byId = (id) => document.getElementById(id);

  /**
   * @param {string} name
   * @param {string} className
   * @param {...(string | Node)} content
   */
  function element(name, className, ...content) {
    const one = document.createElement(name);
    if (className !== "") one.className = className;
    one.append(...content);
    return one;
  }

  /** A sentence with values in backticks. @param {string} text */
  function sentence(text) {
    const parts = text.split("`");
    const isCode = (/** @type {number} */ i) => i % 2 === 1 && i < parts.length - 1;
    const open = parts.length % 2 === 0 ? parts.length - 1 : -1;
    return element(
      "span",
      "",
      ...parts.map((part, i) => (isCode(i) ? element("code", "", part) : i === open ? `\`${part}` : part)),
    );
  }

  void reading().then((data) => {
    if (data) listing(data);
  });

  /** @returns {Promise<FleetData | undefined>} */
  async function reading() {
    const block = byId("data");
    if (!(block instanceof HTMLScriptElement)) return undefined;
    const text = block.text;
    if (block.type === "application/json") return JSON.parse(text);
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(plain).text());
  }

  /** The list of fleets with its filters. @param {FleetData} data */
  function listing({ words, marks, hops, texts, fixes, steps, paths, fleets }) {
    const [form, list, more, count] = ["filters", "list", "more", "count"].map(byId);
    if (!(form instanceof HTMLFormElement) || !list || !more || !count) return;
    const page = 100;
    const hasStacks = new Set(fleets.map(([, , stack]) => stack)).size > 1;
    /** @type {ReadonlySet<number> | undefined} */
    let wanted;
    let shown = page;

    /** Numbers of the steps that break a path, or may. @param {number} path */
    function brokenSteps(path) {
      const [, , , ...own] = paths[path] ?? [];
      return own.filter((number) => ["blocked", "unknown"].includes(steps[number]?.[1] ?? ""));
    }

    /** What a search looks through. @type {(string | undefined)[]} */
    const found = [];
    const wordsOf = (/** @type {number} */ path) => {
      const known = found[path];
      if (known !== undefined) return known;
      const [, summary = -1] = paths[path] ?? [];
      const told = brokenSteps(path).map((number) => steps[number]);
      const all = [texts[summary], ...told.flatMap((step) => (step ? [texts[step[2]], texts[step[3]]] : []))];
      return (found[path] = all.join(" ").toLowerCase());
    };
    const value = (/** @type {string} */ id) => {
      const field = byId(id);
      return field instanceof HTMLInputElement || field instanceof HTMLSelectElement ? field.value : "";
    };

    function matching() {
      const terms = value("search")
        .toLowerCase()
        .split(/\s+/)
        .filter((term) => term !== "");
      const [hop, system, stack] = [value("hop"), value("system"), value("stack")];
      const verdicts = new Set(
        [...document.querySelectorAll("input[name=verdict]:checked")].map((one) => one.getAttribute("value")),
      );
      const breaksAt = new Set(
        steps.flatMap(([of, verdict], i) =>
          hops[of] === hop && (verdict === "blocked" || verdict === "unknown") ? [i] : [],
        ),
      );
      return fleets.filter(([name, ofSystem, ofStack, path]) => {
        const [verdict, , , ...own] = paths[path] ?? [""];
        if (!verdicts.has(verdict)) return false;
        if (wanted && !wanted.has(path)) return false;
        if (hop !== "" && !own.some((step) => breaksAt.has(step))) return false;
        if (system !== "" && texts[ofSystem] !== system) return false;
        if (stack !== "" && texts[ofStack] !== stack) return false;
        if (terms.length === 0) return true;
        const text = `${name.toLowerCase()} ${texts[ofSystem]} ${texts[ofStack]?.toLowerCase()} ${verdict} ${wordsOf(path)}`;
        return terms.every((term) => text.includes(term));
      });
    }

    function show() {
      const all = matching();
      const rows = all.slice(0, shown).map(row);
      list?.replaceChildren(...(rows.length > 0 ? rows : [element("li", "none", words["none"] ?? "")]));
      if (count) count.textContent = numbered(words["shown"], all.length, fleets.length);
      if (more) {
        more.hidden = all.length <= shown;
        more.textContent = numbered(words["more"], Math.min(page, all.length - shown));
      }
    }

    /** @param {Fleet} fleet */
    function row(fleet) {
      const [name, system, stack, path] = fleet;
      const [verdict = "", summary = -1] = paths[path] ?? [];
      const mark = element("span", "mark", marks[verdict] ?? "");
      mark.setAttribute("aria-hidden", "true");
      const details = document.createElement("details");
      details.className = verdict;
      details.dataset["breaks"] = brokenSteps(path).join();
      details.append(
        element(
          "summary",
          "",
          mark,
          element("span", "name", name),
          element("span", "verdict", verdict),
          element("span", "of", [texts[system], ...(hasStacks ? [texts[stack]] : [])].join(", ")),
          element("span", "breaks", texts[summary] ?? ""),
        ),
      );
      details.addEventListener("toggle", () => fill(details, fleet));
      return element("li", "", details);
    }

    /** The path of a fleet, once it is asked for. @param {HTMLDetailsElement} details @param {Fleet} fleet */
    function fill(details, [, , , path, seen]) {
      if (!details.open || details.childElementCount > 1) return;
      const [, , patching = -1, ...own] = paths[path] ?? [];
      const sentences = [
        [words["patching"], texts[patching]],
        [words["seen"], texts[seen]],
      ];
      details.append(
        element("ol", "path", ...own.map(step)),
        ...sentences.flatMap(([head, text]) =>
          text === undefined ? [] : [element("p", "", element("b", "", head ?? ""), " ", sentence(text))],
        ),
      );
    }

    /** @param {number} number */
    function step(number) {
      const [hop = -1, verdict = "", why = -1, place = -1, fix = -1] = steps[number] ?? [];
      const mark = element("span", "mark", marks[verdict] ?? "");
      mark.setAttribute("aria-hidden", "true");
      const head = element(
        "p",
        "step",
        mark,
        " ",
        element("b", "", hops[hop] ?? ""),
        " ",
        element("span", "verdict", verdict),
      );
      return element(
        "li",
        verdict,
        head,
        element("p", "", sentence(texts[why] ?? "")),
        ...(place < 0 ? [] : [element("p", "at", `${words["at"]} ${texts[place]}`)]),
        ...(fixes[fix] ? [remedy(...fixes[fix])] : []),
      );
    }

    /** @param {string} text @param {string} policy */
    function remedy(text, policy) {
      const copy = () => {
        const button = element("button", "copy", words["copy"] ?? "");
        button.setAttribute("type", "button");
        button.setAttribute("data-done", words["copied"] ?? "");
        return button;
      };
      const head = element("p", "", element("b", "", words["fix"] ?? ""), " ", sentence(text));
      if (policy === "") {
        head.append(" ", copy());
        return element("div", "fix", head);
      }
      const pre = element("pre", "", element("code", "", policy));
      pre.tabIndex = 0;
      pre.setAttribute("role", "group");
      pre.setAttribute("aria-label", words["paste"] ?? "");
      return element("div", "fix", head, element("div", "paste", pre, copy()));
    }

    const again = () => {
      shown = page;
      show();
    };
    form.addEventListener("input", again);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => {
      wanted = undefined;
      setTimeout(again);
    });
    more.addEventListener("click", () => {
      const first = shown;
      shown += page;
      show();
      list.children[first]?.querySelector("summary")?.focus();
    });
    for (const button of document.querySelectorAll("button.show")) {
      button.addEventListener("click", () => {
        form.reset();
        setTimeout(() => {
          wanted = new Set((button.getAttribute("data-paths") ?? "").split(" ").map(Number));
          again();
          byId("fleets")?.scrollIntoView();
          list.querySelector("summary")?.focus();
        });
      });
    }
    // On paper, each path that breaks is shown hop by hop, once.
    addEventListener("beforeprint", () => {
      const printed = new Set();
      for (const details of list.querySelectorAll("details.blocked, details.unknown")) {
        if (!(details instanceof HTMLDetailsElement)) continue;
        const { breaks } = details.dataset;
        const isRepeated = printed.has(breaks);
        printed.add(breaks);
        if (isRepeated || details.open) continue;
        details.open = true;
        details.dataset["printed"] = "";
        details.dispatchEvent(new Event("toggle"));
      }
    });
    addEventListener("afterprint", () => {
      for (const details of list.querySelectorAll("details[data-printed]")) {
        if (details instanceof HTMLDetailsElement) details.open = false;
        details.removeAttribute("data-printed");
      }
    });
    show();
  }

  /** @param {string | undefined} text @param {...number} numbers in the place of each `#` */
  function numbered(text, ...numbers) {
    return (text ?? "").replace(/#/g, () => (numbers.shift() ?? 0).toLocaleString("en"));
  }
})();
