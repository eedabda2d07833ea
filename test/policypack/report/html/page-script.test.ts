import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { JSDOM } from "jsdom";
import { formats } from "../../../../policypack/report/formats";
import { reportOnRoles } from "../../../../policypack/report/roles-report";
import { asState } from "../../path/traps/trap";
import { accountOnly, anonymousReads, attachment, role } from "../../rules/examples";
import { page, policyOf, read, textsOf } from "./documents";
import { reportOnShop } from "./estates";

const { html } = formats;
const deprecatedOn = (...names: readonly string[]) =>
  reportOnRoles([
    asState(
      names.flatMap((name) => [
        role(name, "ec2.amazonaws.com"),
        attachment(`old-${name}`, name, "arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM"),
      ]),
    ),
  ]);

describe("the script of a page, in jsdom", () => {
  /** Without what jsdom lacks: the rest is in-chromium.test.ts. */
  const run = async (text: string) => {
    const { window } = new JSDOM(text, { runScripts: "dangerously", url: "https://localhost/" });
    await new Promise((resolve) => setTimeout(resolve));
    const names = () => textsOf(window.document.querySelectorAll("#list .name"));
    return { window, names };
  };

  it("lists the fleets, the gravest first, and finds them by words", async () => {
    const { window, names } = await run(html.explain(reportOnShop(), page));
    strictEqual(names().length, 12);
    deepStrictEqual(names().slice(0, 3), ["payments", "reports", "legacy"]);
    const search = window.document.querySelector("#search")!;
    search.value = "repository windows";
    search.dispatchEvent(new window.Event("input", { bubbles: true }));
    deepStrictEqual(names(), ["reports"]);
    strictEqual(window.document.querySelector("#count")!.textContent, "1 of 12 fleets");
    window.close();
  });

  for (const [name, text, selector, words, found] of [
    ["roles", html.roles(deprecatedOn("web", "api", "jobs", "batch"), page), "#roles .cause", "API", ["api"]],
    [
      "policies",
      html.policy(
        ["a.json", "b.json", "c.json", "d.json"].map((file, i) => ({
          ...policyOf(i === 2 ? anonymousReads : accountOnly),
          file,
        })),
        page,
      ),
      "main > section",
      "C.JSON",
      ["c.json"],
    ],
  ] as const) {
    it(`finds ${name} by words`, async () => {
      const { window } = await run(text);
      const { document } = window;
      const shown = () => [...document.querySelectorAll(selector)].filter(({ hidden }) => !hidden);
      strictEqual(shown().length, 4);
      strictEqual(document.querySelector("#count")!.textContent, "4 of 4");
      const search = document.querySelector("#search")!;
      const type = (value: string) => {
        search.value = value;
        search.dispatchEvent(new window.Event("input", { bubbles: true }));
      };
      type(words);
      deepStrictEqual(
        textsOf(shown()).map((one) => found.filter((each) => one.includes(each))),
        [found],
      );
      strictEqual(document.querySelector("#count")!.textContent, "1 of 4");
      type("nowhere");
      deepStrictEqual(shown(), []);
      window.close();
    });
  }

  it("has no search where all is seen at once", () => {
    strictEqual(read(html.roles(deprecatedOn("web", "api", "jobs"), page)).querySelector("#search"), null);
    strictEqual(read(html.policy([policyOf(accountOnly)], page)).querySelector("#search"), null);
  });

  it("shows what only it can do", async () => {
    const { window } = await run(html.explain(reportOnShop(), page));
    deepStrictEqual(
      [...window.document.querySelectorAll("[data-js]")].filter(({ hidden }) => hidden),
      [],
    );
    window.close();
  });
});
