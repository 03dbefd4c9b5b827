/** G5: every attack in a real box, judged by what it earned and by what is changed on the host. */
import { solutionSource } from "../answers";
import { attackName, attacks, Ground, neighbours } from "../attacks";
import { gradeBoxed, type Trial, tryAttack } from "../attacks/trial";
import { closeBoxes, type Tier } from "../sandbox";
import { exercises } from "../specs";
import type { Report } from "./report";

const e12 = exercises.find((e) => e.specification.id === "e12")!.specification;

function explain({ attack, earned, effects, canary, status }: Trial): string {
  const parts = [`earned ${earned} of ${attack.honest}`];
  if (effects.length > 0) parts.push(effects.map((e) => `${e.kind}: ${e.detail}`).join("; "));
  if (canary.earned !== canary.points) parts.push(`canary ${canary.earned}: ${canary.why}`);
  if (status !== "ok") parts.push(status);
  return parts.join(" · ").slice(0, 600);
}

export async function attackGate(tier: Tier, report: Report): Promise<void> {
  // what is started before the ground is laid does not know of the secret
  await closeBoxes();
  const ground = await Ground.lay();
  try {
    await report.time("G5", tier, async () => {
      for (const attack of attacks) {
        const trial = await tryAttack(attack, tier, ground);
        report.add({ gate: "G5", tier, name: attackName(attack), ok: trial.ok, detail: explain(trial) });
        report.count(report.falsePass, trial.earned > attack.honest);
      }
      for (const attack of neighbours) {
        // two innocents are graded beside it, again and again until it has ended
        let busy = true;
        const innocent = async (slot: number): Promise<string[]> => {
          const losses: string[] = [];
          while (busy) {
            const { result } = await gradeBoxed("e12", solutionSource(e12), tier, { slot });
            report.count(report.falseFail, result.earned !== result.points);
            if (result.earned !== result.points) losses.push(result.checks.map((c) => c.message).join(" "));
          }
          return losses;
        };
        const beside = [innocent(1), innocent(2)];
        const trial = await tryAttack(attack, tier, ground).finally(() => {
          busy = false;
        });
        const losses = (await Promise.all(beside)).flat();
        report.add({
          gate: "G5",
          tier,
          name: attackName(attack),
          ok: trial.ok && losses.length === 0,
          detail: `${explain(trial)} ${losses.slice(0, 2).join("; ")}`,
        });
      }
    });
  } finally {
    await closeBoxes();
    await ground.close();
  }
}
