// biome-ignore-all lint/correctness/noUnusedVariables: the files of this folder are joined before they run
/**
 * The chart's numbers as tables, made when the reader opens them.
 *
 * @param {() => any[]} traces what is drawn at the moment
 * @param {any} layout
 * @returns {{ details: HTMLElement, refresh: () => void }}
 */
function dataTable(traces, layout) {
  const mostRows = 300;
  const axisTitle = (letter) => layout[`${letter}axis`]?.title?.text || letter;

  function matrix(trace) {
    const columns = trace.x ?? trace.z[0].map((_, j) => j);
    const rows = trace.z.map((row, i) => [trace.y?.[i] ?? i, ...row]);
    return { head: [`${axisTitle("y")} \\ ${axisTitle("x")}`, ...columns], rows };
  }

  function columns(trace) {
    const names = Object.keys(trace).filter((key) => Array.isArray(trace[key]));
    const length = Math.max(0, ...names.map((name) => trace[name].length));
    const rows = Array.from({ length }, (_, i) => names.map((name) => trace[name][i] ?? ""));
    return { head: names.map((name) => (/^[xy]$/.test(name) ? axisTitle(name) : name)), rows };
  }

  function table(trace, i, all) {
    const { head, rows } = Array.isArray(trace.z?.[0]) ? matrix(trace) : columns(trace);
    const name = trace.name ?? (all.length > 1 ? `series ${i + 1}` : "");
    const cut = rows.length > mostRows ? ` (the first ${mostRows} of ${rows.length} rows)` : "";
    return element(
      "table",
      { style: "margin:.5em 0" },
      element("caption", { style: "text-align:left;font-weight:600" }, name + cut),
      element(
        "thead",
        {},
        element("tr", {}, ...head.map((cell) => element("th", { scope: "col" }, `${cell}`))),
      ),
      element(
        "tbody",
        {},
        ...rows
          .slice(0, mostRows)
          .map((row) => element("tr", {}, ...row.map((cell) => element("td", {}, `${cell}`)))),
      ),
    );
  }

  const box = element("div", { style: "overflow:auto;max-height:20em", tabindex: 0 });
  const summary = element("summary", { style: "display:list-item;cursor:pointer" }, "Data as table");
  const details = element("details", { style: "margin:.3em 0" }, summary, box);
  const refresh = () => {
    if (details.open) box.replaceChildren(...traces().map(table));
  };
  details.addEventListener("toggle", refresh);
  return { details, refresh };
}
