import { afterAll, expect, test } from "vitest";
import { closeBoxes, requireTier, TierDenied } from "../../grading/sandbox";
import { examine } from "../../grading/sandbox/doctor";
import { brokenLimits, unnoticed } from "../../grading/sandbox/doctor-check";
import type { Means } from "../../grading/sandbox/launchers";
import { chooseMeans } from "../../grading/sandbox/places";
import { seccompFilter } from "../../grading/sandbox/seccomp";

afterAll(closeBoxes);

/** A machine may lack either means of the hardened tier; the continuous integration has both. */
async function needs(means: Means | undefined, skip: (why: string) => void): Promise<void> {
  if (means === undefined) return;
  try {
    await chooseMeans(means);
  } catch (error) {
    if (process.env.CI === "true" && process.platform === "linux") throw error;
    skip((error as Error).message);
  }
}

test("the default tier stops every probe, and so may be asked for", { timeout: 60_000 }, async () => {
  await expect(requireTier("default")).resolves.toBeUndefined();
  await expect(requireTier("practice")).rejects.toBeInstanceOf(TierDenied);
});

for (const means of ["bubblewrap", "landlock"] as const)
  test(`${means} stops every probe`, { timeout: 60_000 }, async ({ skip }) => {
    await needs(means, skip);
    const { findings } = await examine("hardened", { means });
    expect(findings.filter((f) => !f.stopped)).toEqual([]);
    expect(findings.length).toBe(14);
  });

// the slow ones are part of `npm run grade -- selftest`
for (const broken of brokenLimits.filter((b) => b.slow !== true))
  test(`the doctor notices ${broken.means ?? "the default tier"} without its limit of ${broken.limit} (G12)`, async ({
    skip,
  }) => {
    await needs(broken.means, skip);
    expect(await unnoticed(broken)).toEqual([]);
  });

test("the filter of system calls exists for the machines that servers have", () => {
  expect(seccompFilter("x64")!.length % 8).toBe(0);
  expect(seccompFilter("arm64")!.length).toBeLessThan(seccompFilter("x64")!.length);
  expect(seccompFilter("mips")).toBeUndefined();
});
