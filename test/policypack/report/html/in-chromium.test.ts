import { deepStrictEqual, match, notStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { formats } from "../../../../policypack/report/formats";
import { pathsAsMermaid } from "../../../../policypack/report/path-mermaid";
import { explainPolicy } from "../../../../policypack/report/policy-report";
import { parsePolicy } from "../../../../policypack/iam/parse";
import { reportOnRoles } from "../../../../policypack/report/roles-report";
import { asState } from "../../path/traps/trap";
import { accountOnly, attachment, json, role } from "../../rules/examples";
import { Chromium } from "./chromium";
import { allOpen, reportOnMany, reportOnShop, shop, starvedShop } from "./estates";

const options = { remarks: ["`plan.json` is partial."], width: 100, colour: false, version: "0.0.0" };
const { html } = formats;

/** Rows as a reader sees them. */
const rowsOf = (page: Page) => page.locator("#list summary .name").allTextContents();

/** In a real browser, which only `npm run test:all` has: it installs Chromium, and fails where that is not possible. */
if (process.env["PATCHPATH_WHOLE_MATRICES"]) {
  describe("a page in Chromium", () => {
    const chromium = new Chromium();
    afterEach(() => chromium.close());
    after(() => chromium.remove());
    const starved = html.explain(reportOnShop(starvedShop()), options);

    it("finds the hop that breaks: by words, by hop, by system and by verdict", async () => {
      const { page, requests, messages } = await chromium.open(html.explain(reportOnShop(shop()), options));
      const count = () => page.locator("#count").textContent();
      strictEqual(await count(), "12 of 12 fleets");
      deepStrictEqual((await rowsOf(page)).slice(0, 4), ["payments", "reports", "legacy", "api"]);

      await page.getByLabel("Search").fill("security-groups OUTBOUND");
      deepStrictEqual(await rowsOf(page), ["payments"]);
      await page.locator("#list summary").click();
      const blocked = page.locator("#list .path > .blocked");
      match((await blocked.textContent()) ?? "", /the outbound rules of the security groups do not allow 443/);
      match((await blocked.textContent()) ?? "", /at egress of closed-group/);
      match((await blocked.textContent()) ?? "", /Fix: Add an egress rule for 443\/tcp/);

      await page.getByRole("button", { name: "Show all" }).click();
      await page.getByLabel("Breaks at").selectOption("repository");
      deepStrictEqual(await rowsOf(page), ["reports", "legacy"]);
      await page.getByLabel("System").selectOption("windows-server-2022");
      deepStrictEqual(await rowsOf(page), ["reports"]);
      await page.getByRole("button", { name: "Show all" }).click();
      await page.getByLabel("patchable (9)").uncheck();
      deepStrictEqual(await rowsOf(page), ["payments", "reports", "legacy"]);
      await page.getByLabel("Search").fill("nothing like it");
      strictEqual(await page.locator("#list").textContent(), "No fleet matches.");
      strictEqual(await count(), "0 of 12 fleets");
      deepStrictEqual([requests, messages], [[], []]);
    });

    it("shows the fleets of a cause, and copies its fix", async () => {
      const { page, messages } = await chromium.open(starved);
      const second = page.locator("#causes .cause").nth(1);
      await second.getByRole("button", { name: "Show it" }).click();
      deepStrictEqual(await rowsOf(page), ["payments"]);
      strictEqual(await page.evaluate("document.activeElement.querySelector('.name').textContent"), "payments");

      await page.evaluate("navigator.clipboard.writeText = async (text) => { globalThis.copiedText = text; }");
      const first = page.locator("#causes .cause").first();
      await first.getByRole("button", { name: "Copy" }).click();
      await first.getByRole("button", { name: "Copied" }).waitFor();
      strictEqual(await page.locator("#said").textContent(), "Copied");
      const copied = JSON.parse(await page.evaluate<string>("globalThis.copiedText")) as { Sid: string };
      strictEqual(copied.Sid, "AllowAnonymousPatchRepoAccess");
      deepStrictEqual(messages, []);
    });

    it("is used by keyboard alone: skips, opens a path, zooms", async () => {
      const { page } = await chromium.open(starved, { viewport: { width: 1024, height: 800 } });
      const focused = () =>
        page.evaluate<string>("(document.activeElement.ariaLabel ?? document.activeElement.textContent).trim()");
      const order: string[] = [];
      for (let i = 0; i < 60; i += 1) {
        await page.keyboard.press("Tab");
        if (await page.evaluate("document.activeElement === document.body")) break; // after the last
        const name = await focused();
        order.push(name);
        const isSeen = "document.activeElement.getBoundingClientRect().width > 0";
        ok(await page.evaluate(isSeen), name);
        notStrictEqual(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle"), "none", name);
      }
      strictEqual(order[0], "Skip to the fleets");
      for (const name of ["Show them", "JSON to copy", "Copy", "Zoom in", "The network in words", "Show all"]) {
        ok(order.includes(name), `${name} in ${order.join(", ")}`);
      }

      await page.locator(".drawing").focus();
      const width = () => page.evaluate<number>("document.querySelector('.drawing svg').getBoundingClientRect().width");
      const before = await width();
      await page.keyboard.press("+");
      ok((await width()) > before * 1.2);
      await page.keyboard.press("0");
      ok(Math.abs((await width()) - before) < 1);

      await page.locator("#list summary").first().focus();
      await page.keyboard.press("Enter");
      await page.locator("#list .path > li").nth(9).waitFor();
    });

    it("says what it draws to those who do not see it", async () => {
      const { page } = await chromium.open(starved);
      const drawing = page.getByRole("img", { name: "Network" });
      strictEqual(await drawing.count(), 1);
      await page.getByText("The network in words").click();
      const words = await page.locator("#in-words li").allTextContents();
      ok(
        words.includes("api, basket and 7 more → S3 gateway endpoint, s3: ✘ repository, ? payload, snapshot"),
        words.join("\n"),
      );
    });

    it("prints every path that breaks, once, without what only a screen needs", async () => {
      const { page } = await chromium.open(starved);
      await page.evaluate("dispatchEvent(new Event('beforeprint'))");
      await page.emulateMedia({ media: "print" });
      strictEqual(await page.locator("#list .path").count(), 4); // payments, api and those like it, reports, legacy
      strictEqual(await page.locator("#filters").isVisible(), false);
      strictEqual(await page.locator(".zoom").isVisible(), false);
      await page.evaluate("dispatchEvent(new Event('afterprint'))");
      strictEqual(await page.locator("#list details[open]").count(), 0);
      const pdf = await page.pdf({ format: "A4" });
      strictEqual(pdf.subarray(0, 5).toString(), "%PDF-");
      ok(pdf.length > 20_000, `${pdf.length} bytes`);
    });

    it("is read without scripts: the verdict, causes and the network", async () => {
      const { page, messages } = await chromium.open(starved, { javaScriptEnabled: false });
      strictEqual(await page.getByRole("heading", { level: 1 }).textContent(), "✘ 11 of 12 fleets cannot be patched");
      ok(await page.locator(".cause pre").first().isVisible());
      ok(await page.locator(".drawing svg").isVisible());
      ok(await page.locator("noscript p").isVisible());
      strictEqual(await page.locator("button:visible, input:visible, select:visible").count(), 0);
      deepStrictEqual(messages, []);
    });

    it("runs nothing that a name brings", async () => {
      const { page } = await chromium.open(starved.replace("<h1", "<script>document.title = 'run'</script><h1"));
      notStrictEqual(await page.title(), "run");
      await rejects(page.evaluate("document.body.innerHTML = '<b>x</b>'"), /TrustedHTML/);
    });

    it("lists 1,000 fleets in less than 2 seconds, and finds one of 5,000", async () => {
      const start = Date.now();
      const thousand = html.explain(reportOnMany(1_000, true), options);
      const { page } = await chromium.open(thousand);
      await page.locator("#list li").first().waitFor();
      const whole = Date.now() - start;
      const shown = await page.evaluate<number>("performance.now()");
      ok(shown < 2_000, `${shown} ms in the browser`);
      ok(whole < 10_000, `${whole} ms with the start of the browser`);
      strictEqual(await page.locator("#list > li").count(), 100);
      await page.getByRole("button", { name: "Show 100 more" }).click();
      strictEqual(await page.locator("#list > li").count(), 200);
      strictEqual(
        await page.evaluate("[...document.querySelectorAll('#list summary')].indexOf(document.activeElement)"),
        100,
      );

      const many = await chromium.open(html.explain(reportOnMany(5_000, true), options));
      await many.page.locator("#list li").first().waitFor();
      const before = await many.page.evaluate<number>("performance.now()");
      await many.page.getByLabel("Search").fill("group-4321");
      await many.page.getByText("1 of 5,000 fleets").waitFor();
      ok((await many.page.evaluate<number>("performance.now()")) - before < 2_000);
      deepStrictEqual(await rowsOf(many.page), ["basket-4321"]);
      deepStrictEqual(many.messages, []);
    });

    const policy = parsePolicy(json(accountOnly), "endpoint");
    const deprecated = "arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM";
    const names = ["web", "api", "jobs", "batch"]; // as many as have a search
    const roles = reportOnRoles([
      asState(names.flatMap((name) => [role(name, "ec2.amazonaws.com"), attachment(`ssm-${name}`, name, deprecated)])),
    ]);
    const pages = {
      explain: starved,
      "explain, all open": html.explain(allOpen(), options),
      policy: html.policy(
        names.map((name) => explainPolicy(`${name}.json`, policy.document!, [], "eu-west-1", ["amazon-linux-2023"])),
        options,
      ),
      roles: html.roles(roles, options),
    };
    const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
    for (const [name, text] of Object.entries(pages)) {
      it(`has nothing that axe finds, and no wider page than the screen: ${name}`, async () => {
        for (const colorScheme of ["light", "dark"] as const) {
          const { page } = await chromium.open(text, { colorScheme });
          for (const width of [390, 1024, 1440]) {
            await page.setViewportSize({ width, height: 900 });
            await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
            await page.waitForFunction(
              "document.querySelectorAll('#list details').length === document.querySelectorAll('#list .path').length",
            );
            await page.evaluate(axe);
            const { found, open } = await page.evaluate<{ found: string[]; open: string[] }>(`axe.run().then((all) => ({
              found: all.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ": " + html)),
              open: all.incomplete.map(({ id }) => id),
            }))`);
            deepStrictEqual(found, [], `${colorScheme}, ${width}`);
            // It does not judge single characters and SVG: contrast.test.ts does.
            deepStrictEqual(
              open.filter((id) => id !== "color-contrast"),
              [],
            );
            strictEqual(await page.evaluate("document.documentElement.scrollWidth"), width);
          }
        }
      });
    }

    it("has diagrams for a pull request that are at most as high as a screen, as Mermaid draws them", async () => {
      const mermaid = readFileSync(require.resolve("mermaid/dist/mermaid.min.js"), "utf8");
      for (const resources of [shop(), starvedShop()]) {
        const picture = pathsAsMermaid(reportOnShop(resources), 5);
        ok((picture.match(/-->/g) ?? []).length <= 12, picture);
        const { page } = await chromium.open('<!doctype html><pre class="mermaid"></pre>');
        await page.addScriptTag({ content: mermaid });
        await page.evaluate(`document.querySelector("pre").textContent = ${JSON.stringify(picture)}`);
        await page.evaluate("mermaid.initialize({ startOnLoad: false }); mermaid.run()");
        await page.locator("pre svg").waitFor();
        const height = await page.evaluate<number>("document.querySelector('pre svg').viewBox.baseVal.height");
        ok(height > 100 && height < 900, `${height} pixels`);
      }
    });
  });
}
