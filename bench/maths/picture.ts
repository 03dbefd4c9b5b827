// How cost grows: two small logarithmic charts as one SVG, readable in light and dark.

export interface Series {
  name: string;
  /** Size and nanoseconds per logit. */
  points: [number, number][];
}
export interface Panel {
  title: string;
  axis: string;
  series: Series[];
}

const W = 460;
const H = 380;
const LEFT = 62;
const RIGHT = 18;
const TOP = 42;
const BOTTOM = 48;
const colours = ["#d55e00", "#0072b2", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#888888"];
const dashes = ["", "6 3", "2 3", "8 3 2 3", "", "6 3", "2 3"];

const label = (power: number) =>
  power < 0 ? (10 ** power).toString() : (10 ** power).toLocaleString("en").replaceAll(",", "\u202f");

function panel({ title, axis, series }: Panel, left: number, y: [number, number]): string {
  const xs = series.flatMap(({ points }) => points.map(([x]) => Math.log10(x)));
  const [x0, x1] = [Math.min(...xs), Math.max(...xs)];
  const px = (x: number) => left + LEFT + ((Math.log10(x) - x0) / (x1 - x0)) * (W - LEFT - RIGHT);
  const py = (value: number) =>
    H - BOTTOM - ((Math.log10(value) - y[0]) / (y[1] - y[0])) * (H - TOP - BOTTOM);
  const parts = [`<text class="title" x="${left + LEFT}" y="24">${title}</text>`];
  for (let power = Math.ceil(y[0]); power <= y[1]; power++) {
    const at = py(10 ** power).toFixed(1);
    parts.push(`<line class="grid" x1="${left + LEFT}" x2="${left + W - RIGHT}" y1="${at}" y2="${at}"/>`);
    parts.push(`<text x="${left + LEFT - 8}" y="${at}" dy="4" text-anchor="end">${label(power)}</text>`);
  }
  for (let power = Math.ceil(x0); power <= x1 + 1e-9; power++) {
    const at = px(10 ** power).toFixed(1);
    parts.push(`<line class="grid" x1="${at}" x2="${at}" y1="${TOP}" y2="${H - BOTTOM}"/>`);
    parts.push(`<text x="${at}" y="${H - BOTTOM + 18}" text-anchor="middle">${label(power)}</text>`);
  }
  parts.push(`<text x="${left + (LEFT + W - RIGHT) / 2}" y="${H - 10}" text-anchor="middle">${axis}</text>`);
  series.forEach(({ points }, i) => {
    const path = points.map(([x, value]) => `${px(x).toFixed(1)},${py(value).toFixed(1)}`).join(" ");
    parts.push(
      `<polyline points="${path}" fill="none" stroke="${colours[i % 7]}" stroke-width="2" stroke-dasharray="${dashes[i % 7]}"/>`,
    );
  });
  return parts.join("\n");
}

export function picture(panels: Panel[]): string {
  const values = panels.flatMap(({ series }) => series.flatMap(({ points }) => points.map(([, ns]) => ns)));
  const y: [number, number] = [Math.log10(Math.min(...values)) - 0.1, Math.log10(Math.max(...values)) + 0.1];
  const names = panels[0]!.series.map(({ name }) => name);
  const width = panels.length * W;
  const legend = names.map((name, i) => {
    const x = LEFT + (i % 4) * 215;
    const at = H + 16 + Math.floor(i / 4) * 22;
    return `<line x1="${x}" x2="${x + 28}" y1="${at}" y2="${at}" stroke="${colours[i % 7]}" stroke-width="2" stroke-dasharray="${dashes[i % 7]}"/><text x="${x + 34}" y="${at}" dy="4">${name}</text>`;
  });
  const height = H + 20 + Math.ceil(names.length / 4) * 22;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Time per logit against the length of a row and against the number of rows">
<style>
  svg { background: #fff }
  text { font: 12px system-ui, sans-serif; fill: #333 }
  .title { font-size: 14px; font-weight: 600 }
  .grid { stroke: #ddd }
  @media (prefers-color-scheme: dark) { svg { background: #111 } text { fill: #ddd } .grid { stroke: #333 } }
</style>
<text x="14" y="${(TOP + H - BOTTOM) / 2}" transform="rotate(-90 14 ${(TOP + H - BOTTOM) / 2})" text-anchor="middle">nanoseconds per logit</text>
${panels.map((one, i) => panel(one, i * W, y)).join("\n")}
${legend.join("\n")}
</svg>
`;
}
