/** Gate G12: each limit is left out on purpose, one at a time, and the doctor must notice. */
import { examine } from "./doctor";
import type { Means } from "./launchers";
import type { Limit } from "./limits";

export interface BrokenLimit {
  readonly tier: "default" | "hardened";
  readonly means?: Means;
  readonly limit: Limit;
  /** the probes that get through without it */
  readonly probes: readonly string[];
  /** takes seconds: a loop that must run out, a hundred processes, a gigabyte */
  readonly slow?: boolean;
}

const walls: readonly Omit<BrokenLimit, "tier" | "means">[] = [
  { limit: "network", probes: ["network"] },
  { limit: "files", probes: ["read", "write", "fill /tmp"] },
  { limit: "environment", probes: ["environment"] },
  { limit: "permission", probes: ["permission"] },
  { limit: "memory", probes: ["memory"], slow: true },
  { limit: "processes", probes: ["processes", "left behind", "signal"], slow: true },
  { limit: "time", probes: ["time"], slow: true },
];
const hardened = (means: Means): BrokenLimit[] => walls.map((wall) => ({ tier: "hardened", means, ...wall }));

export const brokenLimits: readonly BrokenLimit[] = [
  { tier: "default", limit: "engine", probes: ["network"] },
  { tier: "default", limit: "memory", probes: ["memory"], slow: true },
  { tier: "default", limit: "time", probes: ["time"], slow: true },
  ...hardened("bubblewrap"),
  // one lock for files, network and processes together: it is taken away as a whole
  ...hardened("landlock").map((b) => (b.limit === "processes" ? { ...b, probes: ["network"] } : b)),
];

/** The probes that the doctor should have seen getting through and did not; none when it noticed. */
export async function unnoticed({ tier, means, limit, probes }: BrokenLimit): Promise<string[]> {
  const only = { without: [limit], only: probes };
  const { findings } = await examine(tier, means === undefined ? only : { ...only, means });
  return findings.filter((f) => f.stopped).map((f) => f.probe);
}
