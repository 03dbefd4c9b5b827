import fs from "node:fs";
import path from "node:path";
import { type Browser, type BrowserContext, chromium } from "playwright-core";
import { onTestFinished } from "vitest";
import { chromiumFlags, findChromium } from "../../tools/chromium";
import { pickPort } from "../../tools/start/port";
import { type Server, startServer } from "../../tools/start/server";
import { trustNotebooks } from "../../tools/start/trust";
import { venvPython } from "../../tools/start/venv";
import { NotebookPage } from "./notebook-page";
import { copyProject } from "./project-copy";

/** JupyterLab on a copy of the checkout, as `npm start` starts it, and a browser in front of it. */
export class Lab {
  private constructor(
    readonly folder: string,
    private readonly server: Server,
    private readonly browser: Browser,
    private readonly context: BrowserContext,
  ) {}

  static async start(root: string): Promise<Lab> {
    const folder = copyProject(root);
    const python = venvPython(path.join(root, ".venv"));
    await trustNotebooks(folder, python);
    const server = await startServer({
      root: folder,
      python,
      port: await pickPort(undefined),
      page: "/lab",
      openBrowser: false,
      // The only difference from a learner's server: the page's state can be asked, not only its pixels.
      options: ["--LabApp.expose_app_in_browser=True"],
    });
    const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
    const context = await browser.newContext({
      viewport: { width: 1280, height: 1000 },
      colorScheme: "light",
    });
    return new Lab(folder, server, browser, context);
  }

  /** Opens a notebook of the copy in a page of its own. */
  async open(name: string): Promise<NotebookPage> {
    this.forgetCounts(name);
    // A workspace of its own, so that the page shows this notebook and no other.
    const address = `${this.server.address}/lab/workspaces/${name}/tree/notebooks/${name}.ipynb`;
    return NotebookPage.open(await this.context.newPage(), `${address}?reset&token=${this.server.token}`);
  }

  /** Writes a notebook of TypeScript cells into the copy, until the test ends. */
  write(name: string, cells: readonly string[]): void {
    const notebook = {
      nbformat: 4,
      nbformat_minor: 5,
      metadata: { kernelspec: { name: "tslab", display_name: "TypeScript", language: "typescript" } },
      cells: cells.map((source, i) => ({
        ...{ cell_type: "code", id: `c${i}`, source, metadata: {}, outputs: [], execution_count: null },
      })),
    };
    fs.mkdirSync(path.join(this.folder, "notebooks"), { recursive: true });
    fs.writeFileSync(this.file(name), JSON.stringify(notebook));
    onTestFinished(() => fs.rmSync(this.file(name), { force: true }));
  }

  /** Without stored counts, a cell that has a count has run just now. */
  private forgetCounts(name: string): void {
    const notebook = JSON.parse(fs.readFileSync(this.file(name), "utf8"));
    if (notebook.cells.every((cell: { execution_count?: number }) => cell.execution_count == null)) return;
    for (const cell of notebook.cells) if (cell.cell_type === "code") cell.execution_count = null;
    fs.writeFileSync(this.file(name), JSON.stringify(notebook));
  }

  private file = (name: string) => path.join(this.folder, "notebooks", `${name}.ipynb`);

  async stop(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
