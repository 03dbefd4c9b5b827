import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../../kernel/root";
import { Lab } from "./lab";
import type { NotebookPage, NotebookState } from "./notebook-page";
import { notebookNames } from "./project-copy";

const pictures = path.join(root, "test-results", "lab");
let lab: Lab;

beforeAll(async () => {
  fs.mkdirSync(pictures, { recursive: true });
  lab = await Lab.start(root);
});
afterAll(() => lab?.stop());

async function withNotebook(name: string, use: (page: NotebookPage) => Promise<void>): Promise<void> {
  const page = await lab.open(name);
  try {
    await use(page);
  } finally {
    await page.close();
  }
}

/** Pictures of a longer version of the notebook must not stay behind. */
function forgetPictures(name: string): void {
  const own = new RegExp(`^${name}(-dark)?-\\d+\\.png$`);
  for (const file of fs.readdirSync(pictures)) if (own.test(file)) fs.rmSync(path.join(pictures, file));
}

async function expectLivePlots(page: NotebookPage, expected: number): Promise<void> {
  const plots = await page.plots(expected);
  expect(plots.length, "charts on the page").toBe(expected);
  for (const { alt, live, width, room } of plots) {
    expect(live, `live: ${alt}`).toBe("yes");
    expect(Math.abs(width - room), `drawn ${width} px wide in ${room} px: ${alt}`).toBeLessThan(2);
    expect(room, `width of: ${alt}`).toBeGreaterThan(300);
  }
}

function expectAllRan(state: NotebookState): void {
  expect(state.errors, "errors").toEqual([]);
  expect(state.waiting, "cells that did not run").toEqual([]);
}

describe("the harness itself", () => {
  test("a notebook of the course's kernel runs, imports the module and shows a live chart", async () => {
    lab.write("probe", [
      'import { toBits } from "cross-entropy";\nimport { plot } from "cross-entropy/lesson";',
      "console.log(toBits(Math.log(8)));",
      'plot([{ x: [1, 2], y: [3, 4] }], {}, { alt: "A line that goes up." });',
    ]);
    await withNotebook("probe", async (page) => {
      const state = await page.runAll();
      expectAllRan(state);
      expect(state.plots).toBe(1);
      await expectLivePlots(page, 1);
      expect(page.troubles).toEqual([]);
    });
  });

  test("a chart of livePlot() is redrawn in its place while its cell still runs", async () => {
    lab.write("live", [
      'import { livePlot } from "cross-entropy/lesson";',
      `const draw = livePlot({}, { alt: "A line that becomes longer." });
for (let n = 1; n <= 6; n++) {
  await draw([{ y: [1, 2, 3, 4, 5, 6].slice(0, n) }], "step " + n + " of 6");
  await new Promise((resolve) => setTimeout(resolve, 500));
}`,
    ]);
    await withNotebook("live", async (page) => {
      const seen = new Set<string>();
      const run = page.runAll();
      for (let isRunning = true; isRunning; ) {
        const ended = run.then(() => false);
        isRunning = await Promise.race([ended, new Promise<true>((go) => setTimeout(() => go(true), 50))]);
        const step = /step \d of 6/.exec((await page.shown(2)).text)?.[0];
        if (step !== undefined) seen.add(step);
      }
      const state = await run;
      expectAllRan(state);
      expect(state.plots).toBe(1);
      // A slow machine may skip a drawing, but not all of them.
      expect(seen.size, [...seen].join(", ")).toBeGreaterThan(2);
      expect([...seen].at(-1)).toBe("step 6 of 6");
      await expectLivePlots(page, 1);
      expect(page.troubles).toEqual([]);
    });
  });

  test("an error, the cells that did not run after it, and a dead chart are seen", async () => {
    lab.write("failing", [
      'import { display } from "tslab";\ndisplay.html(\'<figure id="plot-0" class="course-plot"></figure>\');',
      'throw new RangeError("on purpose");',
      "console.log(3);",
    ]);
    await withNotebook("failing", async (page) => {
      const state = await page.runAll();
      expect(state.errors).toEqual(["cell 2: RangeError: on purpose"]);
      expect(state.waiting).toEqual([3]);
      expect(state.plots).toBe(1);
      expect(await page.plots(1, 1000)).toMatchObject([{ live: "no script has run" }]);
    });
  });
});

describe("in JupyterLab, with Run All Cells", () => {
  test.for(notebookNames(root))("%s runs without an error and every plot is live", async (name) => {
    await withNotebook(name, async (page) => {
      // What a reader sees before running anything: the stored outputs, trusted, so their charts are live too.
      await expectLivePlots(page, (await page.state()).plots);

      const state = await page.runAll((cell, cells) => console.log(`   ${name}: cell ${cell} of ${cells}`));
      forgetPictures(name);
      const file = (theme: string) => (part: number) => path.join(pictures, `${name}${theme}-${part}.png`);
      await page.screenshot(file(""));
      expectAllRan(state);
      await expectLivePlots(page, state.plots);
      expect(await page.badFormulas(), "formulas that MathJax cannot read").toEqual([]);

      if (process.env.LAB_DARK) {
        await page.dark();
        await page.screenshot(file("-dark"));
        await expectLivePlots(page, state.plots);
      }
      expect(page.troubles, "errors in the browser's console").toEqual([]);
    });
  });
});
