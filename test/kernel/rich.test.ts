import { expect, test } from "vitest";
import { bundle } from "../../kernel/rich";

const text = async (value: unknown) => (await bundle(value))["text/plain"];

test("a matrix is a table with its shape", async () => {
  const shown = await bundle([
    [0.5, 1 / 3],
    [2, -1],
  ]);
  expect(shown["text/plain"]).toBe("[2, 2]\n     0         1\n0  0.5  0.333333\n1    2        -1");
  expect(shown["text/html"]).toContain("<td>0.333333</td>");
});

test("a long vector says its kind and length, and leaves out the middle", async () => {
  const shown = String(await text(new Float64Array(1000)));
  expect(shown.split("\n")[0]).toBe("Float64Array [1000]");
  expect(shown).toContain("…");
  expect(shown.split("\n").length).toBeLessThan(25);
});

test("records and maps are tables; small and odd values stay as they are", async () => {
  const records = await text([
    { name: "a", p: 0.5 },
    { name: "b", p: 0.25 },
  ]);
  expect(records).toBe("[2] records\n   name     p\n0     a   0.5\n1     b  0.25");
  expect(await text(new Map([["e", 0.127]]))).toBe("Map [1]\nkey  value\n  e  0.127");
  expect(await text([1, 2, 3])).toBe("[ 1, 2, 3 ]");
  expect(await text([[1], [1, 2]])).toBe("[ [ 1 ], [ 1, 2 ] ]");
  expect(await text([])).toBe("[]");
});

test("HTML is escaped", async () => {
  const shown = await bundle(new Map([["<b>", 1]]));
  expect(shown["text/html"]).not.toContain("<b>");
});

test("values may show themselves", async () => {
  const own = {
    toHtml: () => "<i>x</i>",
    toSvg: () => "<svg/>",
    toPng: () => new Uint8Array([1]),
    toLatex: () => "$x$",
  };
  expect(await bundle(own)).toMatchObject({
    "text/html": "<i>x</i>",
    "image/svg+xml": "<svg/>",
    "image/png": "AQ==",
    "text/latex": "$x$",
  });
  const display = { [Symbol.for("Jupyter.display")]: async () => ({ "text/markdown": "**x**" }) };
  expect(await bundle(display)).toMatchObject({ "text/markdown": "**x**" });
});
