// biome-ignore-all lint/correctness/noUnusedVariables: the files of this folder are joined before they run
/**
 * Where a page gets plotly.js from: whatever comes first loads it once for the whole page.
 *
 * @param {{ server: string, beside: string, remote: string, integrity: string }} library
 *   the bundle below the Jupyter server's folder, the one beside an exported page, and the one on the network
 * @returns {Promise<any>} settles when `window.Plotly` is there
 */
function plotlyLoaded(library) {
  /** @type {any} */
  const page = window;

  // Not a <script src>: VS Code's page forbids those, and require.js in the classic notebook would catch them.
  async function evaluate(/** @type {Response} */ response) {
    if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
    // biome-ignore lint/security/noGlobalEval: the library, from our own server or checked by its hash
    globalThis.eval(await response.text());
  }

  // The server hands out files of its own folder; in a class the course may lie below that.
  async function fromServer() {
    const config = document.getElementById("jupyter-config-data")?.textContent;
    const base = config ? JSON.parse(config).baseUrl : document.body.dataset.baseUrl;
    if (!base) throw new Error("no Jupyter server");
    const opened = /\/(?:tree|notebooks)\/(.*)$/.exec(location.pathname)?.[1] ?? "";
    let folder = `${base}files/`;
    for (const part of ["", ...opened.split("/").slice(0, -1)]) {
      if (part) folder += `${part}/`;
      const response = await fetch(folder + library.server, { credentials: "same-origin" });
      if (response.ok) return evaluate(response);
    }
    throw new Error("plotly.js is not in the Jupyter server's folder");
  }

  // A page exported into the notebooks' folder and opened from the disk, where fetch is not allowed.
  function fromDisk() {
    if (location.protocol !== "file:") throw new Error("not a file");
    return new Promise((resolve, reject) => {
      const tag = document.createElement("script");
      tag.src = library.beside;
      tag.onload = resolve;
      tag.onerror = reject;
      document.head.append(tag);
    });
  }

  async function fromNetwork() {
    await evaluate(await fetch(library.remote, { integrity: library.integrity }));
  }

  if (page.Plotly?.newPlot) return Promise.resolve();
  page.coursePlotly ??= fromServer()
    .catch(fromDisk)
    .catch(fromNetwork)
    .catch((reason) => {
      page.coursePlotly = undefined;
      throw reason;
    });
  return page.coursePlotly;
}
