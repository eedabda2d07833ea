// @ts-check
"use strict";
// What every page does. Texts become text nodes only: the policy of the page forbids anything else.
(() => {
  /** @param {string} id */
  const byId = (id) => document.getElementById(id);

  for (const one of document.querySelectorAll("[data-js]")) if (one instanceof HTMLElement) one.hidden = false;
  copying();
  zooming();
  searching();

  /** Each button copies what is beside it. */
  function copying() {
    document.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest("button.copy") : null;
      const source = button?.parentElement?.querySelector("pre, span");
      if (!button || !source) return;
      const label = button.textContent;
      void copied(source).then((isCopied) => {
        if (!isCopied) return;
        button.textContent = button.getAttribute("data-done");
        say(button.textContent ?? "");
        setTimeout(() => {
          button.textContent = label;
          say("");
        }, 2000);
      });
    });
  }

  /** Where there is no clipboard, the text is selected for the reader. @param {Element} source */
  async function copied(source) {
    try {
      await navigator.clipboard.writeText(source.textContent ?? "");
      return true;
    } catch {
      getSelection()?.selectAllChildren(source);
      return false;
    }
  }

  /** @param {string} text */
  function say(text) {
    const status = byId("said");
    if (status) status.textContent = text;
  }

  /** The drawing has its own size, and is as wide as the page where it fits. */
  function zooming() {
    const drawing = byId("drawing");
    const svg = drawing?.querySelector("svg");
    if (!drawing || !svg) return;
    const natural = svg.viewBox.baseVal;
    const zoom = (/** @type {number | undefined} */ factor) => {
      const width = factor === undefined ? natural.width : svg.getBoundingClientRect().width * factor;
      const kept = Math.min(Math.max(width, natural.width / 4), natural.width * 4);
      drawing.classList.toggle("zoomed", factor !== undefined);
      drawing.classList.toggle("fitted", factor === undefined);
      svg.setAttribute("width", String(kept));
      svg.setAttribute("height", String((kept * natural.height) / natural.width));
    };
    const factors = { in: 1.25, out: 0.8, fit: undefined };
    for (const button of document.querySelectorAll("button[data-zoom]")) {
      const key = /** @type {keyof typeof factors} */ (button.getAttribute("data-zoom"));
      button.addEventListener("click", () => zoom(factors[key]));
    }
    drawing.addEventListener("keydown", ({ key, ctrlKey, metaKey }) => {
      if (ctrlKey || metaKey || !["+", "=", "-", "0"].includes(key)) return;
      zoom(key === "0" ? undefined : key === "-" ? factors.out : factors.in);
    });
  }

  /** Hides each item of a list that lacks a word of the search. */
  function searching() {
    const [field, count] = ["search", "count"].map(byId);
    const selector = field?.getAttribute("data-items");
    if (!(field instanceof HTMLInputElement) || !count || !selector) return;
    const items = [...document.querySelectorAll(selector)];
    const texts = items.map(({ textContent }) => (textContent ?? "").toLowerCase());
    const show = () => {
      const terms = field.value.toLowerCase().split(/\s+/);
      let shown = 0;
      for (const [i, item] of items.entries()) {
        const isFound = terms.every((term) => texts[i]?.includes(term));
        if (item instanceof HTMLElement) item.hidden = !isFound;
        if (isFound) shown++;
      }
      count.textContent = `${shown.toLocaleString("en")} of ${items.length.toLocaleString("en")}`;
    };
    field.addEventListener("input", show);
    show();
  }
})();
