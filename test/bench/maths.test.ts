import { softmaxCrossEntropyWithGradient } from "cross-entropy";
import { expect, test } from "vitest";
import { onnxModel } from "../../bench/maths/libraries/onnx-model";
import { picture } from "../../bench/maths/picture";
import { table } from "../../bench/maths/report";
import { textbook } from "../../bench/maths/textbook";
import { makeInputs, type Work } from "../../bench/maths/work";

const work: Work = { operation: "loss + gradient", kind: "float64", B: 3, V: 4, single: false };

test("the textbook's loops that are timed give the loss and gradient of the module", async () => {
  const inputs = makeInputs(work);
  const job = (await textbook().prepare(work, inputs))!;
  job.call();
  const { loss, gradZ } = softmaxCrossEntropyWithGradient(inputs.y, inputs.z as Float64Array, { classes: 4 });
  expect(job.values().loss).toBeCloseTo(loss, 12);
  Array.from(job.values().out!).forEach((g, i) => void expect(g).toBeCloseTo(gradZ[i]!, 12));
});

test("every program is given the same inputs, also float32 and float64", () => {
  const [wide, narrow] = [makeInputs(work), makeInputs({ ...work, kind: "float32" })];
  expect(Array.from(wide.z)).toEqual(Array.from(narrow.z));
  expect(Math.max(...wide.y)).toBeLessThan(4);
});

test("an ONNX model is the bytes that the format prescribes", () => {
  const z = { name: "z", kind: "float32", shape: [1, 300] } as const;
  const model = onnxModel(
    [{ operator: "Exp", inputs: ["z"], outputs: ["e"] }],
    [{ ...z, shape: [1, 300] }],
    [{ ...z, name: "e", shape: [1, 300] }],
  );
  // A name, then type { tensor { element 1, shape { dimension 1, dimension 300 } } }.
  const value = (name: string) => `0a01${name}120f0a0d080112090a0208010a0308ac02`;
  const node = "0a0b0a017a1201652203457870";
  const graph = `${node}12056772617068${"5a14"}${value("7a")}6214${value("65")}`;
  expect(Buffer.from(model).toString("hex")).toBe(`08093a40${graph}42040a001012`);
});

test("a table lines up in a terminal", () => {
  const lines = table(
    ["", "ms"],
    [
      ["ours", "1.5"],
      ["textbook", "12"],
    ],
  ).split("\n");
  expect(new Set(lines.map((line) => line.length)).size).toBe(1);
});

test("the picture of the growth has a line for each program in each panel", () => {
  const series = [1, 2].map((k) => ({
    name: `program ${k}`,
    points: [
      [10, k],
      [1000, 2 * k],
    ] as [number, number][],
  }));
  const panel = { title: "rows", axis: "V", series };
  expect(picture([panel, panel]).match(/<polyline/g)).toHaveLength(4);
});
