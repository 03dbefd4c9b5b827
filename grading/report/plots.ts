/** Pictures as SVG inside the page: they need no script and follow the reader's light or dark. */
import { html } from "../export/sinks";
import type { Share } from "./statistics";

const text = (x: number, y: number, content: string, more = "") =>
  `<text x="${x}" y="${y}"${more}>${html(content)}</text>`;

/** How many students reached which part of the points, in tenths. */
export function histogram(shares: readonly number[]): string {
  const bins = Array.from({ length: 10 }, () => 0);
  for (const share of shares) bins[Math.min(9, Math.floor(share * 10 + 1e-9))]!++;
  const top = Math.max(1, ...bins);
  let step = 1; // 1, 2, 5, 10, 20, 50, …: at most five lines
  for (let i = 0; 5 * step < top; i++) step *= i % 3 === 1 ? 2.5 : 2;
  const [left, right, base, height] = [46, 700, 205, 175];
  const width = (right - left) / 10;
  const y = (n: number) => base - (n / (Math.ceil(top / step) * step)) * height;
  const lines = Array.from({ length: Math.ceil(top / step) + 1 }, (_, i) => i * step);
  const parts = [
    ...lines.map(
      (n) =>
        `<line class="grid" x1="${left}" x2="${right}" y1="${y(n)}" y2="${y(n)}"/>${text(left - 8, y(n) + 4, String(n), ' text-anchor="end"')}`,
    ),
    ...bins.map((n, i) =>
      n === 0
        ? ""
        : `<rect class="mark" x="${(left + i * width + 2).toFixed(1)}" y="${y(n).toFixed(1)}" width="${(width - 4).toFixed(1)}" height="${(base - y(n)).toFixed(1)}"><title>${n} students from ${10 * i} to ${10 * (i + 1)} %</title></rect>`,
    ),
    `<line class="axis" x1="${left}" x2="${right}" y1="${base}" y2="${base}"/>`,
    ...Array.from({ length: 11 }, (_, i) =>
      text(left + i * width, base + 18, `${10 * i}`, ' text-anchor="middle"'),
    ),
    text((left + right) / 2, base + 38, "share of the points (%)", ' text-anchor="middle"'),
    text(
      14,
      base - height / 2,
      "students",
      ` text-anchor="middle" transform="rotate(-90 14 ${base - height / 2})"`,
    ),
  ];
  const says = bins
    .map((n, i) => (n > 0 ? `${n} from ${10 * i} to ${10 * (i + 1)} %` : ""))
    .filter((s) => s !== "");
  return `<svg viewBox="0 0 720 250" role="img" aria-label="${html(`Students by their share of the points: ${says.join(", ")}`)}">${parts.join("")}</svg>`;
}

export interface Line {
  readonly label: string;
  readonly note: string;
  readonly share: Share;
}

/** One line a check: a dot at the share that passed, a whisker over its 95 % interval. */
export function passRates(lines: readonly Line[]): string {
  const [left, right, row] = [330, 640, 26];
  const x = (share: number) => (left + share * (right - left)).toFixed(1);
  const bottom = 14 + lines.length * row;
  const short = (s: string) => (s.length > 44 ? `${s.slice(0, 43)}…` : s);
  const parts = [
    ...[0, 0.25, 0.5, 0.75, 1].map(
      (s) =>
        `<line class="grid" x1="${x(s)}" x2="${x(s)}" y1="8" y2="${bottom}"/>${text(Number(x(s)), bottom + 16, `${100 * s} %`, ' text-anchor="middle"')}`,
    ),
    ...lines.map(({ label, note, share }, i) => {
      const y = 14 + i * row + row / 2;
      return (
        `<g><title>${html(label)}</title>${text(left - 14, y + 4, short(label), ' text-anchor="end"')}</g>` +
        `<line class="whisker" x1="${x(share.low)}" x2="${x(share.high)}" y1="${y}" y2="${y}"/>` +
        `<circle class="mark" cx="${x(share.share)}" cy="${y}" r="5"/>` +
        text(right + 14, y + 4, note)
      );
    }),
  ];
  return `<svg viewBox="0 0 720 ${bottom + 26}" role="img" aria-label="${html(`Share of answers that passed: ${lines.map((l) => `${l.label} ${l.note}`).join("; ")}`)}">${parts.join("")}</svg>`;
}
