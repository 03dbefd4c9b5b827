import { inflateSync } from "node:zlib";
import { type Figure, figureId, figureOf, pictureOf, plot, withPicture } from "cross-entropy/lesson";
import { expect, test, vi } from "vitest";
import { figureBundle } from "../../lesson/figure";
import { makeFigure } from "../../lesson/plot";
import { png8 } from "../../tools/png8";

const alt = "Surprisal falls from infinity to 0 as p grows to 1.";
const line = [{ x: [0.5, 1], y: [Math.LN2, 0] }];
const output = (figure: Figure) => ({ data: figureBundle(figure) });

test("plot() prints the words outside a notebook and returns nothing to print", () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  expect(plot(line, {}, { alt })).toBeUndefined();
  expect(log).toHaveBeenCalledWith(`[chart] ${alt}`);
  log.mockRestore();
});

test("plot() refuses a chart without words for those who do not see it", () => {
  // @ts-expect-error
  expect(() => plot(line, {})).toThrow("plot: alt must say in words what the chart shows, got undefined");
  expect(() => plot(line, {}, { alt: " " })).toThrow(
    'plot: alt must say in words what the chart shows, got " "',
  );
});

test("plot() refuses more numbers than a notebook should store", () => {
  const x = Array.from({ length: 20_001 }, (_, i) => i);
  expect(() => plot([{ x }], {}, { alt })).toThrow(
    "plot: data must hold at most 20000 numbers in all traces and frames, got 20001",
  );
});

test("plot() refuses frames without a name, and a start that is no frame", () => {
  const frames = [{ label: 1 }, { label: 2 }];
  expect(() => plot(line, {}, { alt, frames })).toThrow(
    "plot: frames must come with either slider or choice",
  );
  expect(() => plot(line, {}, { alt, slider: "p" })).toThrow(
    "plot: frames must come with either slider or choice",
  );
  expect(() => plot(line, {}, { alt, frames, slider: "p", start: 2 })).toThrow(
    "plot: start must be the index of one of the 2 frames, got 2",
  );
});

test("a figure keeps 5 digits, turns what JSON lacks into gaps, and leaves the author's objects alone", () => {
  const layout = { title: "T", xaxis: { title: "p" } };
  const data = [{ x: Float64Array.of(1 / 3, 123456, -0), y: [Number.NaN, Infinity, 1e-320] }];
  const figure = makeFigure(data, layout, { alt });
  expect(figure.data[0]).toMatchObject({ x: [0.33333, 123456, 0], y: [null, null, 1e-320] });
  expect(figure.layout).toMatchObject({ title: { text: "T" }, xaxis: { title: { text: "p", standoff: 8 } } });
  expect(layout).toEqual({ title: "T", xaxis: { title: "p" } });
  expect(data[0]).not.toHaveProperty("line");
});

test("several series differ in more than colour, and the author's own style wins", () => {
  const [first, second] = makeFigure([...line, { y: [1], line: { dash: "dot" } }], {}, { alt }).data;
  expect(first).toMatchObject({ line: { dash: "solid" }, marker: { symbol: "circle" } });
  expect(second).toMatchObject({ line: { dash: "dot", width: 2.5 }, marker: { symbol: "square" } });
});

test("a stored output gives its figure back, whether stored as text or as lines", () => {
  const frames = [{ label: 0.1 + 0.2, data: [{ y: [1, 2] }], layout: { title: "</script><b>" } }];
  const figure = makeFigure(line, {}, { alt: 'Quotes " & <b> stay text.', frames, slider: "p", height: 300 });
  const html = figureBundle(figure)["text/html"] as string;
  expect(figureOf({ data: { "text/html": html } })).toEqual(figure);
  expect(figureOf({ data: { "text/html": html.split(/(?<=\n)/) } })).toEqual(figure);
  expect(figure.frames?.[0]?.label).toBe("0.3");
  expect(html.match(/<\/script>/g)).toHaveLength(2);
  expect(figureOf({ data: { "text/html": "<b>no figure</b>" } })).toBeUndefined();
  expect(figureOf({})).toBeUndefined();
});

test("a figure's id follows what is drawn, not its words", () => {
  const id = figureId(makeFigure(line, {}, { alt }));
  expect(figureId(makeFigure(line, {}, { alt: `${alt} Always.`, caption: "C" }))).toBe(id);
  expect(figureId(makeFigure([{ x: [0.5, 1], y: [0.7, 0] }], {}, { alt }))).not.toBe(id);
});

test("withPicture() stores the picture for pages that run scripts and for pages that do not", () => {
  const before = output(makeFigure(line, {}, { alt }));
  expect(pictureOf(before)).toBeUndefined();
  const after = withPicture(before, "iVBORw0KGgo=");
  expect(pictureOf(after)).toBe("iVBORw0KGgo=");
  expect(after.data["text/html"]).toContain(`<img alt="${alt}" src="data:image/png;base64,iVBORw0KGgo="`);
  expect(after).toMatchObject({ metadata: { "image/png": { width: 700, height: 400 } } });
  expect(figureOf(after)).toEqual(figureOf(before));
});

test("the page's script is a program", () => {
  const html = figureBundle(makeFigure(line, {}, { alt }))["text/html"] as string;
  const script = /<script>(.*)<\/script>$/s.exec(html)?.[1] ?? "";
  expect(() => new Function(script)).not.toThrow();
  expect(script).not.toMatch(/^\s*(\/\/|\/?\*)/m);
});

test("png8() keeps the picture's own colours and writes a picture that unpacks to its pixels", () => {
  const [width, height] = [4, 2];
  const red = [213, 94, 0, 255];
  const pixels = Uint8Array.from(
    Array.from({ length: 8 }, (_, i) => (i === 5 ? red : [255, 255, 255, 255])).flat(),
  );
  const png = Buffer.from(png8(pixels, width, height));
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  const palette = png.subarray(png.indexOf("PLTE") + 4, png.indexOf("PLTE") + 10);
  const at = png.indexOf("IDAT");
  const rows = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
  const white = palette.indexOf(255) === 0 ? 0 : 1;
  expect([...palette.subarray(3 * (1 - white), 3 * (1 - white) + 3)]).toEqual(red.slice(0, 3));
  expect([...rows]).toEqual([0, white, white, white, white, 0, white, 1 - white, white, white]);
});
