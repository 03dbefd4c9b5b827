/** What the gates found: rows, counts by gate and tier, and the rates of wrong judgements with their bounds. */
import type { Tier } from "../sandbox";

export interface Finding {
  readonly gate: string;
  /** `direct`: in the grader's own process, where only trusted code runs; `-`: no box is concerned */
  readonly tier: Tier | "direct" | "-";
  readonly name: string;
  readonly ok: boolean;
  readonly detail?: string;
  /** how many answers were graded for it; 1 if absent */
  readonly runs?: number;
}

/** `bad` of `of`: wrong answers that earned full points, right ones that lost some, mistakes that were not recognised */
export interface Rate {
  bad: number;
  of: number;
}

export class Report {
  readonly findings: Finding[] = [];
  readonly falsePass: Rate = { bad: 0, of: 0 };
  readonly falseFail: Rate = { bad: 0, of: 0 };
  readonly unheard: Rate = { bad: 0, of: 0 };
  private readonly seconds = new Map<string, number>();

  constructor(private readonly onFailure: (finding: Finding) => void) {}

  add(finding: Finding): void {
    this.findings.push(finding);
    if (!finding.ok) this.onFailure(finding);
  }

  count(rate: Rate, isBad: boolean): void {
    rate.of++;
    if (isBad) rate.bad++;
  }

  /** runs a part and adds its time to a gate's */
  async time<T>(gate: string, tier: Finding["tier"], part: () => Promise<T>): Promise<T> {
    const started = performance.now();
    try {
      return await part();
    } finally {
      const key = `${gate} ${tier}`;
      this.seconds.set(key, (this.seconds.get(key) ?? 0) + (performance.now() - started) / 1000);
    }
  }

  get failed(): number {
    return this.findings.filter((f) => !f.ok).length;
  }

  /** a line for each gate and tier: how many findings hold, how many answers were graded, how long it took */
  lines(): string[] {
    const groups = new Map<string, Finding[]>();
    for (const finding of this.findings) {
      const key = `${finding.gate} ${finding.tier}`;
      groups.set(key, [...(groups.get(key) ?? []), finding]);
    }
    const number = (gate: string) => Number(/\d+/.exec(gate)?.[0] ?? 0);
    return [...groups]
      .sort(([a], [b]) => number(a) - number(b))
      .map(([key, list]) => {
        const [gate = "", tier = ""] = key.split(" ");
        const held = list.filter((f) => f.ok).length;
        const runs = list.reduce((sum, f) => sum + (f.runs ?? 1), 0);
        const seconds = this.seconds.get(key);
        const time = seconds === undefined ? "" : `${seconds.toFixed(0)} s`.padStart(8);
        return `${held === list.length ? "✓" : "✗"} ${gate.padEnd(5)}${tier.padEnd(10)}${`${held} of ${list.length}`.padStart(14)}${`${runs} runs`.padStart(12)}${time}`;
      });
  }
}

/**
 * The exact 95 % interval of a rate (Clopper and Pearson 1934): the rates under which what was seen is just not too
 * unlikely, 2.5 % on each side.
 */
export function bounds(bad: number, of: number): [low: number, high: number] {
  // log of the chance of at most k in n, by summing the binomial terms from the largest down
  const atMost = (k: number, p: number): number => {
    let term = of * Math.log1p(-p);
    let sum = Math.exp(term);
    for (let i = 1; i <= k; i++) {
      term += Math.log((of - i + 1) / i) + Math.log(p) - Math.log1p(-p);
      sum += Math.exp(term);
    }
    return sum;
  };
  const solve = (tooHigh: (p: number) => boolean): number => {
    let [low, high] = [0, 1];
    for (let i = 0; i < 60; i++) {
      const middle = (low + high) / 2;
      if (tooHigh(middle)) high = middle;
      else low = middle;
    }
    return (low + high) / 2;
  };
  if (of === 0) return [0, 1];
  const low = bad === 0 ? 0 : solve((p) => 1 - atMost(bad - 1, p) > 0.025);
  const high = bad === of ? 1 : solve((p) => atMost(bad, p) < 0.025);
  return [low, high];
}

const percent = (x: number) => `${(100 * x).toPrecision(2)} %`;

/** `0 of 3,024 (95 %: 0 to 0.12 %)` */
export function rateText({ bad, of }: Rate): string {
  if (of === 0) return "none was tried";
  const [low, high] = bounds(bad, of);
  return `${bad.toLocaleString("en")} of ${of.toLocaleString("en")} (95 %: ${low === 0 ? "0" : percent(low)} to ${percent(high)})`;
}
