import fs from "node:fs";
import path from "node:path";
import { kernelSpec } from "../../kernel/kernelspec";
import { pythonEnv } from "./python";

/** Where Jupyter keeps its things, all inside the checkout: `.jupyter/`, which git ignores. */
export const jupyterFolder = (root: string) => path.join(root, ".jupyter");

const kernelName = "tslab";

/** Read by the server; the port, the folder and the token come with the command. */
const serverConfig = {
  ServerApp: {
    ip: "127.0.0.1",
    port_retries: 0,
    // A browser in a sandbox (snap) or beyond one (WSL) cannot open a page by its path in a hidden folder.
    use_redirect_file: false,
  },
  // Without these two the launcher offers a Python kernel, or another checkout's.
  // The kernel limits its output itself; the server would drop what comes faster than 1 MB/s.
  ZMQChannelsWebsocketConnection: { limit_rate: false },
  KernelSpecManager: { allowed_kernelspecs: [kernelName], ensure_native_kernel: false },
  // A learner who comes back tomorrow finds the variables of today.
  MappingKernelManager: { default_kernel_name: kernelName, cull_idle_timeout: 0 },
  // Only the file browser hides them: plots still fetch files/node_modules/plotly.js-dist/plotly.js.
  ContentsManager: {
    hide_globs: [
      ...["node_modules", "dist", "test-results", "coverage", "package-lock.json", "requirements.*"],
      // The sources of the notebooks, next to what is made from them.
      ...["[0-9][0-9]-*.md", "index.md", "closing.md", "*.quiz.json"],
      ...["__pycache__", ".DS_Store", "*~"],
    ],
  },
  LabApp: { extension_manager: "readonly" },
};

/** An exported page carries plotly.js, so that its charts stay live without this server and without the network. */
const exportConfig = (root: string) => ({
  TemplateExporter: {
    extra_template_basedirs: [path.join(root, "tools/start/export")],
    extra_template_paths: [path.join(root, "node_modules/plotly.js-cartesian-dist-min")],
  },
  HTMLExporter: { template_name: "course" },
  SlidesExporter: { template_name: "reveal" },
});

/** Changes to JupyterLab's default settings; the learner's own settings win over them. */
const labSettings = {
  "@jupyterlab/apputils-extension:notification": { fetchNews: "false", checkForUpdates: false },
  "@jupyterlab/apputils-extension:themes": { "adaptive-theme": true },
  // A line that is longer than the window would end in the dark.
  "@jupyterlab/notebook-extension:tracker": { codeCellConfig: { lineWrap: true } },
};

/** Parts of JupyterLab that would find nothing behind them here, and would say so in the browser's console. */
const labPage = {
  disabledExtensions: Object.fromEntries(
    [
      "@jupyterlab/extensionmanager-extension",
      "@jupyterlab/debugger-extension",
      "@jupyterlab/lsp-extension",
      "@jupyterlab/notebook-extension:language-server",
      "@jupyterlab/fileeditor-extension:language-server",
    ].map((name) => [name, true]),
  ),
};

/** Writes the kernelspec and Jupyter's configuration anew: a moved checkout or another Node needs no repair. */
export function writeJupyterFiles(root: string): void {
  const write = (file: string, content: object) => {
    const target = path.join(jupyterFolder(root), file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, `${JSON.stringify(content, null, 2)}\n`);
  };
  write(`data/kernels/${kernelName}/kernel.json`, kernelSpec(root));
  write("config/jupyter_server_config.json", { ...serverConfig, ...exportConfig(root) });
  write("config/jupyter_nbconvert_config.json", exportConfig(root));
  write("config/labconfig/default_setting_overrides.json", labSettings);
  write("config/labconfig/page_config.json", labPage);
}

/** The environment of every Jupyter program of this checkout: its own folders, nobody else's settings. */
export function jupyterEnv(root: string, env = process.env): NodeJS.ProcessEnv {
  const clean = Object.fromEntries(
    Object.entries(pythonEnv(env)).filter(([name]) => !name.startsWith("JUPYTER")),
  );
  const folder = jupyterFolder(root);
  return {
    ...clean,
    JUPYTER_CONFIG_DIR: path.join(folder, "config"),
    JUPYTER_DATA_DIR: path.join(folder, "data"),
    JUPYTER_PATH: path.join(folder, "data"),
    JUPYTER_RUNTIME_DIR: path.join(folder, "runtime"),
  };
}
