import type { ConsoleMessage, Page } from "playwright-core";

/** What the page tells about its notebook. */
export interface NotebookState {
  kernel: string;
  running: number[];
  /** Code cells, counted from 1 in reading order, that have not run. */
  waiting: number[];
  /** One line for each error or text on standard error. */
  errors: string[];
  /** How many outputs are charts of plot(). */
  plots: number;
  codeCells: number;
}

export interface PlotState {
  alt: string;
  /** "yes" when live: plot() marks its figure so. */
  live: string;
  width: number;
  room: number;
}

/** Messages that a browser prints as errors although nothing is wrong, each with its reason. */
const harmless: readonly RegExp[] = [];

/** One notebook in JupyterLab, driven as a learner drives it. */
export class NotebookPage {
  /** Console errors, uncaught exceptions and failed requests since the page was opened. */
  readonly troubles: string[] = [];

  private constructor(private readonly page: Page) {
    const note = (text: string) => {
      if (!harmless.some((pattern) => pattern.test(text))) this.troubles.push(text);
    };
    page.on("console", (message: ConsoleMessage) => {
      // plot() tells in this way why a picture stays.
      const sad = message.type() === "error" || message.text().startsWith("plot:");
      if (sad) note(`${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", (error) => note(`uncaught ${error.stack ?? error}`));
    page.on("response", (response) => {
      if (response.status() >= 400) note(`${response.status()} ${response.url()}`);
    });
  }

  static async open(page: Page, address: string): Promise<NotebookPage> {
    const notebook = new NotebookPage(page);
    await page.goto(address, { waitUntil: "domcontentloaded" });
    await page.waitForFunction(notebookIsReady, undefined, { timeout: 90_000 });
    return notebook;
  }

  /** Clicks Run > Run All Cells and waits until nothing runs any more. `progress` hears which cell runs. */
  async runAll(progress: (running: number, cells: number) => void = () => undefined): Promise<NotebookState> {
    await this.page.getByRole("menuitem", { name: "Run", exact: true }).click();
    await this.page.getByRole("menuitem", { name: "Run All Cells", exact: true }).click();
    let quiet = 0;
    let last = "";
    let since = Date.now();
    for (;;) {
      await this.page.waitForTimeout(100);
      const state = await this.state();
      const now = JSON.stringify([state.running, state.waiting]);
      if (now !== last) {
        last = now;
        since = Date.now();
        if (state.running[0] !== undefined) progress(state.running[0], state.codeCells);
      }
      const busy = state.running.length > 0 || state.kernel !== "idle";
      // After an error JupyterLab drops the cells behind it: then nothing runs although some have not run.
      quiet = busy ? 0 : quiet + 1;
      if (!busy && (state.waiting.length === 0 || quiet > 20)) return state;
      if (Date.now() - since > 120_000)
        throw new Error(`cell ${state.running[0]} has not ended within 2 minutes (kernel ${state.kernel})`);
    }
  }

  /** Clicks the toolbar's button that interrupts the kernel. */
  interrupt(): Promise<void> {
    return this.page.locator('[data-command="notebook:interrupt-kernel"]').first().click();
  }

  /** What a reader sees below a code cell, counted from 1; `red` is what of it is red. */
  async shown(cell: number): Promise<{ text: string; red: string }> {
    const area = this.page
      .locator(".jp-CodeCell")
      .nth(cell - 1)
      .locator(".jp-OutputArea-output");
    const red = await area.locator(".ansi-red-fg").allInnerTexts();
    return { text: (await area.allInnerTexts()).join("\n"), red: red.join(" ") };
  }

  state(): Promise<NotebookState> {
    return this.page.evaluate(readState);
  }

  /** Brings each chart into view, as a reader would, and waits until it is live or has given up. */
  async plots(expected: number, patience = 30_000): Promise<PlotState[]> {
    const figures = this.page.locator("figure.course-plot");
    const deadline = Date.now() + patience;
    while ((await figures.count()) < expected && Date.now() < deadline) await this.page.waitForTimeout(100);
    const states: PlotState[] = [];
    for (const figure of await figures.all()) {
      await figure.scrollIntoViewIfNeeded();
      for (;;) {
        const state = await figure.evaluate(readPlot);
        // A chart drawn out of view takes its width when it comes into view.
        const settled =
          state.live === "no" || (state.live === "yes" && Math.abs(state.width - state.room) < 2);
        if (settled || Date.now() > deadline) {
          states.push(state);
          break;
        }
        await this.page.waitForTimeout(100);
      }
    }
    return states;
  }

  /** How many formulas MathJax could not read. */
  badFormulas(): Promise<string[]> {
    return this.page.evaluate(() =>
      [...document.querySelectorAll("[data-mjx-error], mjx-merror")].map(
        (formula) => formula.getAttribute("data-mjx-error") ?? formula.textContent ?? "",
      ),
    );
  }

  async dark(): Promise<void> {
    await this.page.emulateMedia({ colorScheme: "dark" });
    await this.page.waitForSelector('body[data-jp-theme-light="false"]', { state: "attached" });
    await this.page.waitForTimeout(2000);
  }

  /** Pictures of the whole notebook from its first cell to its last, each as tall as can still be read. */
  async screenshot(file: (part: number) => string): Promise<void> {
    const viewport = this.page.viewportSize() ?? { width: 1280, height: 1000 };
    const tall = 2600;
    await this.page.setViewportSize({ ...viewport, height: tall });
    const scroller = this.page.locator(".jp-WindowedPanel-outer").first();
    await scroller.evaluate((panel) => panel.scrollTo(0, 0));
    for (let part = 1; ; part++) {
      await this.page.waitForTimeout(700);
      // Behind the last cell a notebook has room to scroll on.
      const rest = await scroller.evaluate((panel) => {
        const last = [...panel.querySelectorAll(".jp-Cell")].at(-1) ?? panel;
        return last.getBoundingClientRect().bottom - panel.getBoundingClientRect().bottom;
      });
      const height = Math.ceil(tall + Math.min(rest, 0));
      await this.page.screenshot({ path: file(part), clip: { x: 0, y: 0, width: viewport.width, height } });
      if (rest <= 0) break;
      await scroller.evaluate((panel) => panel.scrollBy(0, panel.clientHeight));
    }
    await this.page.setViewportSize(viewport);
  }

  /** Ends the notebook's kernel and closes the page. */
  async close(): Promise<void> {
    await this.page.evaluate(shutdownKernel).catch(() => undefined);
    await this.page.close();
  }
}

// The functions below run in the page. `jupyterapp` is JupyterLab itself, of which they use this little:
interface CodeCell {
  model: {
    type: string;
    executionState: string;
    executionCount: number | null;
    sharedModel: { getSource(): string };
    outputs: { toJSON(): Output[] };
  };
}
interface Output {
  output_type: string;
  name?: string;
  text?: string | string[];
  ename?: string;
  evalue?: string;
  data?: Record<string, string | string[]>;
}
interface Panel {
  content: { widgets: CodeCell[] };
  sessionContext: { session: { kernel: { status: string } | null } | null; shutdown(): Promise<void> };
}
declare const window: { jupyterapp?: { shell: { currentWidget: Panel | null } } };
declare const document: { querySelectorAll(selector: string): Iterable<PageElement> };
interface PageElement {
  dataset: Record<string, string>;
  textContent: string | null;
  getAttribute(name: string): string | null;
  querySelector(selector: string): PageElement | null;
  getBoundingClientRect(): { width: number };
}

function notebookIsReady(): boolean {
  const panel = window.jupyterapp?.shell.currentWidget;
  if (!panel?.content || panel.content.widgets.length === 0) return false;
  return panel.sessionContext.session?.kernel?.status === "idle";
}

function readState(): NotebookState {
  const panel = window.jupyterapp!.shell.currentWidget!;
  const cells = panel.content.widgets.filter(
    ({ model }) => model.type === "code" && model.sharedModel.getSource().trim() !== "",
  );
  const running: number[] = [];
  const waiting: number[] = [];
  const errors: string[] = [];
  let plots = 0;
  cells.forEach(({ model }, i) => {
    if (model.executionState === "running") running.push(i + 1);
    if (model.executionCount === null) waiting.push(i + 1);
    for (const output of model.outputs.toJSON()) {
      const words = [output.text ?? ""].flat().join("");
      if (output.output_type === "error") errors.push(`cell ${i + 1}: ${output.ename}: ${output.evalue}`);
      if (output.name === "stderr") errors.push(`cell ${i + 1}: on standard error: ${words}`);
      const html = [output.data?.["text/html"] ?? ""].flat().join("");
      if (html.startsWith('<figure id="plot-')) plots++;
    }
  });
  const kernel = panel.sessionContext.session?.kernel?.status ?? "none";
  return { kernel, running, waiting, errors, plots, codeCells: cells.length };
}

function readPlot(node: unknown): PlotState {
  const figure = node as PageElement;
  const chart = figure.querySelector('[role="img"][aria-label]');
  return {
    alt: chart?.getAttribute("aria-label") ?? "",
    live: figure.dataset.live ?? "no script has run",
    width: chart?.querySelector("svg.main-svg")?.getBoundingClientRect().width ?? 0,
    room: chart?.getBoundingClientRect().width ?? 0,
  };
}

async function shutdownKernel(): Promise<void> {
  await window.jupyterapp?.shell.currentWidget?.sessionContext.shutdown();
}
