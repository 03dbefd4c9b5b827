/**
 * G11: two answers that differ only in what they let out about hidden inputs. What their students get to see, before
 * and after the due date and in every format, must not differ by a byte.
 */

import { right } from "../attacks/pieces";
import { assignmentOf } from "../coursework/assignment";
import { sha256 } from "../coursework/canonical";
import { gradeJob } from "../coursework/job";
import { planOf } from "../coursework/plan";
import type { GradeRecord, Submission } from "../coursework/record";
import { parseRoster } from "../coursework/roster";
import { seedsFrom } from "../coursework/seeds";
import { type CourseSettings, defaultSettings } from "../coursework/settings";
import { openBook } from "../export/book";
import { feedbackMarkdown, feedbackPage } from "../export/page";
import { classroom, exercism, gradescope, junit } from "../export/platforms";
import { probesOf } from "../grade";
import type { Tier } from "../sandbox";
import { KEY } from "./class";
import type { Report } from "./report";

const DUE = "2026-12-01T00:00:00Z";
const roster = parseRoster("id,name\nann,Ann\n");

/** what an answer that is right for all visible inputs does with a hidden one; both forms fail, or both are right */
const leaks: Readonly<Record<string, readonly [a: string, b: string]>> = {
  "a thrown text": ['throw new Error("input was " + z)', 'throw new Error("nothing to say")'],
  "the kind of failure": ['throw new Error("x")', "return NaN"],
  "a wrong value": ["return z[0]", "return 2 * z[0]"],
  "a printed text": ["console.log(z); return 0", "return 0"],
  "the time it takes": ["const t = Date.now(); while (Date.now() < t + 80); return 0", "return 0"],
  "a loop that never ends": ["for (;;);", "return 0"],
  "the form of the value": ["return [[1], 2]", 'return "text"'],
  "a printed text beside a right value": ["console.log(String(z)); return answer(z)", "return answer(z)"],
};

const source = (
  visible: readonly string[],
  leak: string,
) => `${right.replace("export const logSumExp", "const answer").replaceAll(" logSumExp(", " answer(")}
const visible = new Set(${JSON.stringify(visible)});
export const logSumExp = (z) => {
  if (visible.has(String(z))) return answer(z);
  ${leak};
};`;

export async function leakGate(tier: Tier, report: Report): Promise<void> {
  const { specification } = assignmentOf("e12");
  const settings: CourseSettings = {
    ...defaultSettings("leaks"),
    exercises: [{ id: "e12", points: 8, due: DUE }],
  };
  const seeds = seedsFrom(KEY, settings.seeds);
  const seed = seeds.seedOf("ann", "e12", 1);
  const visible = specification.checks
    .filter((c) => c.visibility === "visible")
    .flatMap((c) => probesOf(c, seed))
    .filter((p) => p.fn === "logSumExp")
    .map((p) => String(p.args[0]));

  const recordOf = async (text: string): Promise<GradeRecord> => {
    const bytes = Buffer.from(text);
    const submission: Submission = {
      student: "ann",
      exercise: "e12",
      attempt: 1,
      submitted: undefined,
      source: () => text,
      file: { name: "e12.ts", bytes: bytes.length, sha256: sha256(bytes) },
      flags: [],
    };
    const [job] = planOf([submission], { settings, roster, seeds, tier }).jobs;
    return (await gradeJob(job!, 0)).record;
  };
  const shown = (record: GradeRecord, now: string): string => {
    const [row] = openBook([record], roster, settings, new Date(now)).rows;
    const { view } = row!;
    return [
      feedbackPage(view),
      feedbackMarkdown(view),
      junit(view),
      exercism(view.exercises[0]!),
      classroom(view).json,
      gradescope(row!),
    ].join("\n");
  };

  await report.time("G11", tier, async () => {
    for (const [name, [a, b]] of Object.entries(leaks)) {
      const [one, other] = [await recordOf(source(visible, a)), await recordOf(source(visible, b))];
      // both must have come as far as the hidden checks, or nothing is shown by their being equal
      const reached = one.checks.filter((c) => c.visibility === "visible").every((c) => c.outcome === "pass");
      const equal = ["2026-11-30T00:00:00Z", "2026-12-02T00:00:00Z"].every(
        (now) => shown(one, now) === shown(other, now),
      );
      report.add({
        gate: "G11",
        tier,
        name: `nothing comes out by ${name}`,
        ok: reached && equal,
        detail: reached
          ? "the students would see a difference"
          : one.checks
              .map((c) => `${c.id} ${c.outcome} ${c.message}`)
              .join("; ")
              .slice(0, 300),
        runs: 2,
      });
    }
  });
}
