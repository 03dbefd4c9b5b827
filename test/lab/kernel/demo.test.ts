import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "../../../kernel/root";
import { Lab } from "../lab";

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.start(root);
});
afterAll(() => lab?.stop());

test("in JupyterLab: 700 of 700 printed rows", async () => {
  lab.write("kernel-rows", ["for (let row = 1; row <= 700; row++) console.log(row);"]);
  const page = await lab.open("kernel-rows");
  await page.runAll();
  const rows = (await page.shown(1)).text.trim().split(/\s+/);
  expect(rows).toEqual(Array.from({ length: 700 }, (_, i) => String(i + 1)));
  await page.close();
});

test("in JupyterLab: a table, and a wrong type in red", async () => {
  lab.write("kernel-types", ["[[1, 2 / 3], [0.5, 4]]", "const text: string = null;"]);
  const page = await lab.open("kernel-types");
  await page.runAll();
  expect((await page.shown(1)).text).toContain("0.666667");
  const wrong = await page.shown(2);
  expect(wrong.text).toContain("Type 'null' is not assignable to type 'string'.");
  expect(wrong.red).toContain("TypeScriptError");
  await page.screenshot((part) => path.join(root, `test-results/lab/kernel-types-${part}.png`));
  await page.close();
});

test("in JupyterLab: the toolbar stops a loop after an await, and the error's line is right", async () => {
  lab.write("kernel-interrupt", [
    "let kept = 41;",
    "console.log('running'); await new Promise((done) => setTimeout(done, 10)); while (true) {}",
  ]);
  const page = await lab.open("kernel-interrupt");
  const ran = page.runAll();
  // A cell that waits for its turn counts as running: only what it has printed shows that it runs.
  while (!(await page.shown(2)).text.includes("running")) await new Promise((done) => setTimeout(done, 100));
  await new Promise((done) => setTimeout(done, 500));
  await page.interrupt();
  const { errors } = await ran;
  expect(errors[0]).toContain("cell 2: Interrupted");
  await page.close();

  lab.write("kernel-error", [
    "let kept = 41;",
    "interface Row {\n  p: number;\n}\nfunction first(rows: Row[]): Row {\n  throw new RangeError('no rows in the table');\n}\nfirst([]);",
  ]);
  const failing = await lab.open("kernel-error");
  await failing.runAll();
  const { text, red } = await failing.shown(2);
  expect(red).toContain("RangeError");
  expect(text).toContain("> 5 |   throw new RangeError(");
  expect(text).toContain("at first (cell [2]:5:9)");
  await failing.screenshot((part) => path.join(root, `test-results/lab/kernel-error-${part}.png`));
  await failing.close();
});
