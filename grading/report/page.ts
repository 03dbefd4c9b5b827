/** The class report: one page for the staff that loads nothing. */
import type { Book } from "../export/book";
import { html } from "../export/sinks";
import { document } from "../export/style";
import { histogram, passRates } from "./plots";
import { type ClassFigures, figuresOf } from "./statistics";

/** what a teacher can speak about in a lesson; the rest is folded away */
const MOST = 15;

const number = (x: number) => String(Number(x.toFixed(2)));
const percent = (x: number) => `${Math.round(100 * x)} %`;

function summary({ students, shares }: ClassFigures): string {
  const sorted = [...shares].sort((a, b) => a - b);
  const middle =
    sorted.length === 0
      ? Number.NaN
      : (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2;
  const open = students - shares.length;
  const said =
    shares.length === 0
      ? "no grade is complete yet"
      : `half of them reached at least ${percent(middle)} of the points`;
  return `<p class="total"><strong>${students}</strong> students; ${said}</p>${open > 0 ? `<p class="remark">${open} of them have an exercise that a person must look at, and are left out of the picture</p>` : ""}`;
}

function exerciseTable({ exercises, students }: ClassFigures): string {
  const rows = exercises.map(
    (e) =>
      `<tr><td>${html(e.id.toUpperCase())} ${html(e.title)}</td><td class="n">${e.handedIn} of ${students}</td><td class="n">${e.untouched}</td><td class="n">${number(e.mean)} ± ${number(e.margin)}</td><td class="n">${number(e.points)}</td></tr>`,
  );
  return `<table><thead><tr><th>exercise</th><th class="n">handed in</th><th class="n">of these untouched</th><th class="n">mean, 95 %</th><th class="n">points</th></tr></thead><tbody>${rows.join("\n")}</tbody></table>`;
}

function checksOf({ exercises, checks }: ClassFigures): string {
  return exercises
    .map((e) => {
      const own = checks.filter((c) => c.exercise === e.id);
      if (own.length === 0)
        return `<h3>${html(e.id.toUpperCase())} ${html(e.title)}</h3><p class="remark">no answer was graded</p>`;
      const lines = own.map((c) => ({
        label: `${c.hidden ? "◌ " : ""}${c.title}`,
        note: `${c.passed.hits}/${c.passed.of}`,
        share: c.passed,
      }));
      return `<h3>${html(e.id.toUpperCase())} ${html(e.title)}</h3><figure>${passRates(lines)}</figure>`;
    })
    .join("\n");
}

function misunderstandingTable({ misunderstandings }: ClassFigures): string {
  if (misunderstandings.length === 0) return '<p class="remark">none was recognised</p>';
  const table = (list: ClassFigures["misunderstandings"]) =>
    `<table><thead><tr><th class="n">students</th><th></th><th>misunderstanding</th><th>what they are told</th></tr></thead><tbody>${list
      .map(
        (m) =>
          `<tr><td class="n">${m.students}</td><td>${html(m.exercise.toUpperCase())}</td><td>${html(m.name)}</td><td class="quiet">${html(m.says)}</td></tr>`,
      )
      .join("\n")}</tbody></table>`;
  const [first, rest] = [misunderstandings.slice(0, MOST), misunderstandings.slice(MOST)];
  const folded =
    rest.length === 0 ? "" : `<details><summary>${rest.length} rarer ones</summary>${table(rest)}</details>`;
  return `${table(first)}${folded}`;
}

function lookTable({ looks }: ClassFigures): string {
  if (looks.length === 0) return '<p class="remark">nothing</p>';
  const rows = looks
    .slice(0, 200)
    .map(
      (l) =>
        `<tr><td>${html(l.student)}</td><td>${html(l.exercise.toUpperCase())}</td><td>${html(l.why)}</td></tr>`,
    );
  const more =
    looks.length > 200 ? `<p class="remark">and ${looks.length - 200} more, in grades.jsonl</p>` : "";
  return `<table><thead><tr><th>student</th><th></th><th>why</th></tr></thead><tbody>${rows.join("\n")}</tbody></table>${more}`;
}

export function classReport(book: Book): string {
  const figures = figuresOf(book);
  const body = `<h1>${html(book.settings.title)}: the class</h1>
${summary(figures)}
<section><h2>How the points are spread</h2><figure>${histogram(figures.shares)}</figure></section>
<section><h2>Exercises</h2>${exerciseTable(figures)}</section>
<section><h2>What to talk about: misunderstandings, most frequent first</h2>${misunderstandingTable(figures)}</section>
<section><h2>Checks</h2><p class="quiet">Of the answers that could be judged, the share that passed; the whisker holds the true rate in 95 of 100 such classes (Wilson). ◌ marks hidden checks.</p>
${checksOf(figures)}</section>
<section><h2>To look at</h2><p class="quiet">Nothing here costs points by itself.</p>${lookTable(figures)}</section>`;
  return document(`${book.settings.title}: class report`, body);
}
