/** G12: each limit is left out on purpose, and the doctor must notice. */

import type { Tier } from "../sandbox";
import { InfrastructureError, TierDenied } from "../sandbox";
import { brokenLimits, unnoticed } from "../sandbox/doctor-check";
import type { Report } from "./report";

export async function doctorGate(tiers: readonly Tier[], report: Report): Promise<void> {
  for (const broken of brokenLimits.filter((b) => tiers.includes(b.tier)))
    await report.time("G12", broken.tier, async () => {
      const name = `${broken.means ?? "quickjs"} without its limit on ${broken.limit}`;
      try {
        const missed = await unnoticed(broken);
        report.add({
          gate: "G12",
          tier: broken.tier,
          name,
          ok: missed.length === 0,
          detail: `not noticed: ${missed.join(", ")}`,
          runs: broken.probes.length,
        });
      } catch (error) {
        if (!(error instanceof InfrastructureError) && !(error instanceof TierDenied)) throw error;
        // one of the two launchers of the hardened tier is enough, so the other may be missing here
        report.add({
          gate: "G12",
          tier: broken.tier,
          name: `${name} (not on this machine)`,
          ok: true,
          runs: 0,
        });
      }
    });
}
