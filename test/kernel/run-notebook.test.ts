import path from "node:path";
import { expect, test } from "vitest";
import { root } from "../../kernel/root";
import { runNotebook } from "../../kernel/run-notebook";

const cwd = path.join(root, "test");
const cells = (...sources: string[]) => sources.map((source, i) => ({ id: `c${i + 1}`, source }));

test("a notebook runs in-process: outputs, results, displays, errors and variables", async () => {
  const seen: string[] = [];
  const run = await runNotebook(
    cells(
      'import { toBits } from "cross-entropy";\nimport { display, newDisplay } from "tslab";\nconsole.log(toBits(Math.log(8)).toFixed(3));',
      'const d = newDisplay(); d.text("before"); d.text("after"); display.html("<b>bold</b>");',
      "const p: number[] = [0.5, 0.5];\np.length",
      "const wrong: number = 'text';",
      "throw new RangeError('x must be positive');",
      "const shown = { [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<i>rich</i>' }) };\nshown",
    ),
    { cwd, onCell: ({ id }) => seen.push(id) },
  );
  run.close();
  expect(seen).toEqual(["c1", "c2", "c3", "c4", "c5", "c6"]);
  expect(run.cells.map(({ ok }) => ok)).toEqual([true, true, true, false, false, true]);
  const outputs = run.cells.map((cell) => cell.outputs);
  expect(outputs[0]).toEqual([{ output_type: "stream", name: "stdout", text: "3.000\n" }]);
  expect(outputs[1]).toEqual([
    { output_type: "display_data", data: { "text/plain": "after" }, metadata: {} },
    { output_type: "display_data", data: { "text/html": "<b>bold</b>" }, metadata: {} },
  ]);
  expect(outputs[2]).toMatchObject([{ output_type: "execute_result", data: { "text/plain": "2" } }]);
  expect(outputs[3]).toMatchObject([{ output_type: "error", ename: "TypeScriptError" }]);
  expect(outputs[4]).toMatchObject([{ ename: "RangeError", evalue: "x must be positive" }]);
  expect(outputs[5]).toMatchObject([{ data: { "text/html": "<i>rich</i>" } }]);
  expect(run.variables.p).toEqual([0.5, 0.5]);
});
