/** A student's feedback as a page that needs nothing else, as a fragment for Moodle, and as Markdown. */
import type { StudentView, ViewedCheck, ViewedExercise } from "../coursework/view";
import { html, markdownBlock, markdownText } from "./sinks";
import { document } from "./style";

const number = (x: number) => String(Number(x.toFixed(2)));
const score = (earned: number | undefined, points: number) =>
  earned === undefined ? `? / ${number(points)}` : `${number(earned)} / ${number(points)}`;

const signs: Readonly<Record<string, readonly [sign: string, word: string]>> = {
  pass: ["✓", "passed"],
  fail: ["✗", "not passed"],
  error: ["✗", "stopped with an error"],
  timeout: ["⧖", "took too long"],
  blocked: ["✗", "refused"],
  skipped: ["–", "waits for another check"],
  later: ["◌", "hidden until the due date"],
};
const signOf = (check: ViewedCheck) => signs[check.outcome] ?? (["✗", check.outcome] as const);

function checkItem(check: ViewedCheck): string {
  const [sign, word] = signOf(check);
  const quiet = check.outcome === "later" || check.outcome === "skipped";
  return `<li class="${check.outcome === "pass" ? "pass" : quiet ? "quiet" : "fail"}">
<span class="sign" role="img" aria-label="${html(word)}">${sign}</span>
<div><p class="title">${html(check.title)}${check.hidden ? ' <span class="tag">hidden check</span>' : ""}</p>
${check.message === "" ? "" : `<p class="message">${html(check.message)}</p>`}
${check.example === undefined ? "" : `<pre>${html(check.example)}</pre>`}
${check.outcome === "later" ? `<p class="message">${html(word)}</p>` : ""}</div>
<span class="points">${score(check.earned, check.points)}</span></li>`;
}

const bar = (earned: number, points: number) => {
  const share = points === 0 ? 0 : Math.max(0, Math.min(1, earned / points));
  return `<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="4"/><rect class="fill" width="${(100 * share).toFixed(1)}" height="4"/></svg>`;
};

function exerciseSection(e: ViewedExercise): string {
  const pending =
    e.pending > 0
      ? `<p class="remark">${number(e.pending)} points are decided by hidden checks and shown after the due date</p>`
      : "";
  return `<section id="${html(e.id)}"><header><h2><span class="id">${html(e.id.toUpperCase())}</span> ${html(e.title)}</h2><span class="points">${score(e.earned, e.points)}</span></header>
${bar(e.earned ?? 0, e.points)}
${e.remarks.map((r) => `<p class="remark">${html(r)}</p>`).join("\n")}${pending}
${e.checks.length === 0 ? "" : `<ul>${e.checks.map(checkItem).join("\n")}</ul>`}</section>`;
}

export function feedbackPage(view: StudentView): string {
  const rest =
    view.pending > 0 ? `<p class="remark">${number(view.pending)} points are still hidden</p>` : "";
  const body = `<h1>${html(view.course)}</h1>
<p class="who"><strong>${html(view.student.name)}</strong> <span>${html(view.student.id)}</span></p>
<p class="total"><strong>${score(view.earned, view.points)}</strong> points</p>${rest}
${view.exercises.map(exerciseSection).join("\n")}`;
  return document(`${view.course}: ${view.student.name}`, body);
}

/** For a field that shows HTML and keeps little of it. */
export function feedbackFragment(e: ViewedExercise): string {
  const lines = e.checks.map((c) => {
    const [sign, word] = signOf(c);
    const text = [c.message, c.example ?? ""]
      .filter((s) => s !== "")
      .map((s) => html(s).replaceAll("\n", "<br>"));
    return `<li>${sign} ${html(c.title)} (${c.earned === undefined ? word : score(c.earned, c.points)})${text.map((t) => `<br>${t}`).join("")}</li>`;
  });
  const remarks = e.remarks.map((r) => `<p>${html(r).replaceAll("\n", "<br>")}</p>`).join("");
  return `${remarks}${lines.length === 0 ? "" : `<ul>${lines.join("")}</ul>`}`;
}

export function feedbackMarkdown(view: StudentView): string {
  const parts = [
    `# ${markdownText(view.course)}`,
    `**${markdownText(view.student.name)}** (${markdownText(view.student.id)}): ${score(view.earned, view.points)} points`,
  ];
  for (const e of view.exercises) {
    parts.push(`## ${e.id.toUpperCase()} ${markdownText(e.title)}: ${score(e.earned, e.points)}`);
    for (const remark of e.remarks) parts.push(markdownBlock(remark));
    for (const c of e.checks) {
      const [sign, word] = signOf(c);
      parts.push(`${sign} ${markdownText(c.title)} (${word}, ${score(c.earned, c.points)})`);
      if (c.message !== "")
        parts.push(markdownBlock([c.message, c.example ?? ""].filter((s) => s !== "").join("\n")));
    }
  }
  return `${parts.join("\n\n")}\n`;
}
