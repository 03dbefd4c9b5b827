/**
 * `npm run grade -- selftest`: the gates. Every attack of the catalogue, every right and wrong answer of every exercise,
 * in every tier of this machine, with the counts and with the rates of wrong judgements.
 */
import { assignmentOf } from "../../grading/coursework/assignment";
import { forgetProbes, keepSeeds } from "../../grading/grade";
import { coolDown } from "../../grading/runner/box";
import { closeBoxes, requireTier, type Tier, TierDenied } from "../../grading/sandbox";
import { direct, inTier } from "../../grading/selftest/answers-gate";
import { attackGate } from "../../grading/selftest/attack-gate";
import { doctorGate } from "../../grading/selftest/doctor-gate";
import { kills, noOrphans } from "../../grading/selftest/kills";
import { leakGate } from "../../grading/selftest/leak-gate";
import { Report, rateText } from "../../grading/selftest/report";
import { full, quick, type Sizes } from "../../grading/selftest/sizes";
import { crowd, sameBytes } from "../../grading/selftest/steadiness";
import { testSuites } from "../../grading/selftest/suites";
import { type Exercise, exercises } from "../../grading/specs";
import { plainly, readArguments } from "./arguments";

async function available(tiers: readonly Tier[], report: Report): Promise<Tier[]> {
  const out: Tier[] = [];
  for (const tier of tiers)
    try {
      await requireTier(tier);
      out.push(tier);
    } catch (error) {
      if (!(error instanceof TierDenied)) throw error;
      // on a machine for CI every tier must be there; elsewhere it is enough to say so
      const ok = process.env.CI === undefined;
      report.add({ gate: "tier", tier, name: "is available", ok, detail: error.message });
      console.log(`– ${error.message}`);
    }
  return out;
}

/** Two exercises at a time: one's expected values are computed here while another's answer runs in its box. */
async function answers(list: readonly Exercise[], tiers: readonly Tier[], sizes: Sizes, report: Report) {
  const waiting = [...list];
  // each expected value is computed once for all tiers, and forgotten with its exercise
  keepSeeds(Math.max(64, sizes.seeds));
  const lane = async (slot: number) => {
    for (let exercise = waiting.shift(); exercise !== undefined; exercise = waiting.shift()) {
      const started = Date.now();
      await direct(exercise, sizes, report);
      for (const tier of tiers) await inTier(exercise, tier, sizes, report, slot);
      forgetProbes(assignmentOf(exercise.specification.id).specification);
      console.log(`• ${exercise.specification.id}  ${((Date.now() - started) / 1000).toFixed(0)} s`);
    }
  };
  await Promise.all([lane(0), lane(1)]);
}

export const run = (args: readonly string[]): Promise<number> =>
  plainly(async () => {
    const given = readArguments(args, ["only", "tiers", "exercises"], ["full"]);
    const sizes = given.has("full") ? full : quick;
    const only = given.value("only")?.split(",");
    const wanted = (gate: string) => only === undefined || only.includes(gate);
    const chosen = given.value("exercises")?.split(",");
    const report = new Report(({ gate, tier, name, detail }) =>
      console.log(`✗ ${gate} ${tier} ${name}: ${detail ?? ""}`),
    );
    const asked = (given.value("tiers")?.split(",") ?? ["default", "hardened"]) as Tier[];
    const tiers = await available(asked, report);
    try {
      if (wanted("G1"))
        await answers(
          exercises.filter((e) => chosen?.includes(e.specification.id) ?? true),
          tiers,
          sizes,
          report,
        );
      if (wanted("G5")) for (const tier of tiers) await attackGate(tier, report);
      if (wanted("G6")) for (const tier of tiers) await sameBytes(tier, sizes, report);
      if (wanted("G7")) for (const tier of tiers) await crowd(tier, sizes, report);
      await closeBoxes();
      if (wanted("G8")) {
        await Promise.all(tiers.map((tier) => kills(tier, sizes, report)));
        await noOrphans(report);
      }
      if (wanted("G9")) await testSuites(report);
      if (wanted("G11")) for (const tier of tiers) await leakGate(tier, report);
      if (wanted("G12")) await doctorGate(tiers, report);
    } finally {
      await closeBoxes();
      coolDown();
    }
    console.log(`\n${report.lines().join("\n")}\n`);
    console.log(`wrong answers that earned points:      ${rateText(report.falsePass)}`);
    console.log(`right answers that lost points:        ${rateText(report.falseFail)}`);
    console.log(`known mistakes that were not named:    ${rateText(report.unheard)}`);
    return report.failed === 0 ? 0 : 1;
  });
