// biome-ignore-all lint/correctness/noUnusedVariables: the files of this folder are joined before they run
/**
 * Turns the static picture of one <figure> into a live chart; if anything fails, the picture stays.
 *
 * plot() puts this folder's functions behind every figure, so they stand alone: no imports, no build, nothing but the
 * page. They run in JupyterLab, Notebook 7, the classic notebook, VS Code and exported pages, and draw the static
 * pictures too. Comments are left out of what is sent.
 *
 * @param {any} script the <script> that runs this; its figure is the element before it
 * @param {string} id the figure's id, for pages that do not say which script is running
 * @param {any} library see plotlyLoaded
 */
function coursePlot(script, id, library) {
  /** @type {any} */
  const page = window;
  const named = document.querySelectorAll(`figure[id="${id}"]`);
  const before = script?.previousElementSibling;
  /** @type {any} */
  const host = before?.id === id ? before : named[named.length - 1];
  if (!host || host.dataset.live) return;
  host.dataset.live = "loading";

  const figure = JSON.parse(host.querySelector('script[type="application/json"]').textContent);
  const { control, frames } = figure;
  const still = host.querySelector(".course-still");
  const chart = element("div", { role: "img", "aria-label": figure.alt });
  const note = element("output", { style: "display:block;min-height:1.4em;padding:0;color:inherit" });
  let current = control?.start ?? 0;
  let drawnInk = "";

  const isTree = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  function merge(under, over) {
    const merged = { ...under };
    for (const key of Object.keys(over ?? {}))
      merged[key] = isTree(merged[key]) && isTree(over[key]) ? merge(merged[key], over[key]) : over[key];
    return merged;
  }

  /** The frame's entries on top of the figure's; a frame needs to say only what it changes. */
  const traces = () => figure.data.map((trace, i) => merge(trace, frames?.[current].data?.[i]));

  /** The text colour of the page, and the first background that is not transparent. */
  function colours() {
    const ink = getComputedStyle(host).color;
    const [red, green, blue] = ink.match(/[\d.]+/g) ?? [80, 80, 80];
    let behind = host;
    const background = () => getComputedStyle(behind).backgroundColor;
    while (behind.parentElement && /transparent|, 0\)$/.test(background())) behind = behind.parentElement;
    const paper = /transparent|, 0\)$/.test(background()) ? "#fff" : background();
    return { ink, paper, faint: (alpha) => `rgba(${red}, ${green}, ${blue}, ${alpha})` };
  }

  /** "currentColor" means the page's text colour, as it does in CSS. */
  function inked(value, ink) {
    if (value === "currentColor") return ink;
    if (Array.isArray(value)) return typeof value[0] === "number" ? value : value.map((v) => inked(v, ink));
    if (!isTree(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, inked(v, ink)]));
  }

  function themed({ ink, paper, faint }) {
    const clear = "rgba(0, 0, 0, 0)";
    const lines = { gridcolor: faint(0.13), linecolor: faint(0.5), tickcolor: faint(0.5) };
    /** @type {any} */
    const theme = {
      paper_bgcolor: clear,
      plot_bgcolor: clear,
      font: { color: ink },
      hoverlabel: { bgcolor: paper, bordercolor: faint(0.5), font: { color: ink } },
      modebar: { bgcolor: clear, color: faint(0.5), activecolor: ink },
    };
    for (const key of Object.keys(figure.layout)) {
      if (/^[xy]axis/.test(key)) theme[key] = { ...lines, zerolinecolor: faint(0.4) };
      if (/^ternary/.test(key)) theme[key] = { bgcolor: clear, aaxis: lines, baxis: lines, caxis: lines };
    }
    return merge(merge(theme, figure.layout), frames?.[current].layout);
  }

  const config = {
    responsive: true,
    displaylogo: false,
    // plotly.js 4 would offer to send the chart to a company's server.
    showSendToCloud: false,
    plotlyServerURL: "",
    modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d"],
  };

  async function draw() {
    const theme = colours();
    drawnInk = theme.ink;
    await page.Plotly.react(chart, inked(traces(), theme.ink), inked(themed(theme), theme.ink), config);
  }

  const table = dataTable(traces, figure.layout);
  const walk = control && (control.kind === "slider" ? frameSlider : frameChoice)(control, frames, show);
  function show(i) {
    current = i;
    note.textContent = frames?.[i].note ?? "";
    walk?.refresh(i);
    table.refresh();
    return draw();
  }

  /** One watcher for the page tells all its charts that the theme changed; a chart that is gone hears nothing. */
  function watchTheme() {
    if (page.courseTheme) return;
    page.courseTheme = new MutationObserver(() => {
      for (const each of document.querySelectorAll("figure.course-plot"))
        each.dispatchEvent(new Event("theme"));
    });
    const attributeFilter = ["class", "data-jp-theme-light", "data-jp-theme-name"];
    page.courseTheme.observe(document.body, { attributes: true, attributeFilter });
  }

  async function live() {
    await plotlyLoaded(library);
    still.style.display = "none";
    const parts = walk ? [walk.row, table.details] : [table.details];
    if (frames?.some((frame) => frame.note)) parts.splice(1, 0, note);
    const controls = element("div", {}, ...parts);
    // The notebook's one-letter commands must not take the keys meant for a slider: JupyterLab hears them on the way up,
    // Notebook 7 on the way down, where only this attribute of the very element stops it.
    controls.addEventListener("keydown", (event) => event.stopPropagation());
    for (const each of controls.querySelectorAll("input, button, summary, [tabindex]"))
      each.setAttribute("data-lm-suppress-shortcuts", "true");
    still.after(chart, controls);
    await show(current);
    // A bundle draws a kind of trace that it lacks as another kind: then the picture is the truth.
    if (chart._fullData.some((drawn) => drawn.type !== (figure.data[drawn.index].type ?? "scatter")))
      throw new Error("this page's plotly.js lacks a kind of trace");

    const refresh = () => host.isConnected && getComputedStyle(host).color !== drawnInk && draw();
    // A theme is a style sheet that may still be on its way when the page names it.
    host.addEventListener("theme", () => [0, 300, 1500].map((wait) => setTimeout(refresh, wait)));
    watchTheme();
    new ResizeObserver(() => {
      if (!host.isConnected || chart.clientWidth === 0) return;
      page.Plotly.Plots.resize(chart);
      refresh();
    }).observe(host);
    host.dataset.live = "yes";
  }

  live().catch((reason) => {
    host.dataset.live = "no";
    still.style.display = "";
    while (still.nextElementSibling?.matches("div")) still.nextElementSibling.remove();
    console.info("plot: the picture stays,", reason);
  });
}
