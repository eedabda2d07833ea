import { ok, strictEqual } from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const folder = join(__dirname, "..", "..", "..", "..", "policypack", "report", "html", "browser");
const styles = readdirSync(folder).filter((file) => file.endsWith(".css"));
const css = ["page.css", ...styles.filter((file) => file !== "page.css")]
  .map((file) => readFileSync(join(folder, file), "utf8"))
  .join("\n");

/** The colors of the light, the dark and the printed page, each block by its own. */
const palettes = [...css.matchAll(/:root \{([^}]*)\}/g)].map(
  ([, block]) =>
    new Map([...block!.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name, color]) => [name!, color!])),
);

/** As WCAG 2.2 defines it. */
function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Text on what it is shown on: 4.5 is AA. */
const texts: readonly (readonly [text: string, back: string])[] = [
  ...["text", "quiet", "link", "red", "amber", "green"].flatMap((text) => [
    [text, "back"] as const,
    [text, "raised"] as const,
  ]),
  ...["red-back", "amber-back", "green-back"].map((back) => ["text", back] as const),
];

/** Borders of fields and nodes, and arrows: 3 is AA. */
const graphics = ["quiet", "red", "amber", "green", "link"].flatMap((line) => [
  [line, "back"] as const,
  [line, "raised"] as const,
]);

describe("the colors of a page", () => {
  it("are light, dark and on paper", () => {
    strictEqual(palettes.length, 3);
    ok(contrast("#000000", "#ffffff") === 21);
    ok(Math.abs(contrast("#777777", "#ffffff") - 4.48) < 0.01);
  });

  for (const [i, name] of ["light", "dark", "paper"].entries()) {
    it(`have at least the contrast of AA: ${name}`, () => {
      const palette = new Map([...palettes[0]!, ...palettes[i]!]);
      const of = ([one, other]: readonly [string, string]) => contrast(palette.get(one)!, palette.get(other)!);
      for (const pair of texts) ok(of(pair) >= 4.5, `${pair.join(" on ")}: ${of(pair).toFixed(2)}`);
      for (const pair of graphics) ok(of(pair) >= 3, `${pair.join(" on ")}: ${of(pair).toFixed(2)}`);
    });
  }

  it("are named in one place", () => {
    const outside = css.replace(/:root \{[^}]*\}/g, "");
    ok(!/#[0-9a-f]{3,8}\b|rgb\(|hsl\(/i.test(outside));
  });
});
