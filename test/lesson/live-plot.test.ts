import path from "node:path";
import { figureOf, livePlot } from "cross-entropy/lesson";
import { expect, test, vi } from "vitest";
import { runNotebook } from "../../kernel/run-notebook";

const alt = "The loss falls from 3 to 1 in three steps.";

test("livePlot() draws in one place, and the notebook keeps the last drawing only", async () => {
  const source = `
import { livePlot } from "cross-entropy/lesson";
const draw = livePlot({ yaxis: { title: "loss (nats)" } }, { alt: "${alt}" });
for (let n = 1; n <= 3; n++) await draw([{ y: [3, 2, 1].slice(0, n) }], "step " + n + " of 3");
`;
  const root = path.resolve(__dirname, "../..");
  const { cells, close } = await runNotebook([{ id: "c01", source }], { cwd: path.join(root, "notebooks") });
  close();
  expect(cells[0]).toMatchObject({ ok: true });
  const outputs = cells[0]!.outputs;
  expect(outputs).toHaveLength(1);
  const figure = figureOf(outputs[0] as Parameters<typeof figureOf>[0]);
  expect(figure).toMatchObject({ alt, caption: "step 3 of 3", data: [{ y: [3, 2, 1] }] });
});

test("livePlot() lets the event loop turn, so that what it draws is seen before the cell ends", async () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  let turned = false;
  setTimeout(() => {
    turned = true;
  }, 0);
  await livePlot({}, { alt })([{ y: [1] }]);
  expect(turned).toBe(true);
  log.mockRestore();
});

test("livePlot() outside a notebook prints the words once", async () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  const draw = livePlot({}, { alt });
  for (const y of [1, 2, 3]) await draw([{ y: [y] }]);
  expect(log.mock.calls).toEqual([[`[chart] ${alt}`]]);
  log.mockRestore();
});
