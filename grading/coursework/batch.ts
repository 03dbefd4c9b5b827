/** Many jobs, several at a time. What is done already is not done again; what the machine broke is tried again. */
import { InfrastructureError } from "../sandbox";
import { gradeJob, infrastructureFailure, type Job } from "./job";
import type { StoredRecord } from "./record";
import type { Store } from "./store";

export const MAX_TRIES = 3;

export interface Progress {
  readonly total: number;
  readonly done: number;
  /** of those done, how many were there from an earlier run */
  readonly reused: number;
  readonly studentErrors: number;
  readonly infra: number;
  readonly review: number;
  readonly perSecond: number;
  readonly secondsLeft: number;
}

export interface BatchOptions {
  readonly slots: number;
  readonly onProgress?: (progress: Progress) => void;
  /** for the tests: how a job is graded */
  readonly gradeJob?: (job: Job, slot: number) => Promise<StoredRecord>;
  /** set to stop early: jobs in flight are finished, the rest is left for the next run */
  readonly stopped?: () => boolean;
}

async function patiently(job: Job, slot: number, attempt: BatchOptions["gradeJob"]): Promise<StoredRecord> {
  for (let tries = 1; ; tries++) {
    try {
      const stored = await (attempt ?? gradeJob)(job, slot);
      return { ...stored, run: { ...stored.run, tries } };
    } catch (error) {
      // a fault of the grader's own, which one answer found, must not end the run for all others
      const { name, message } = error as Error;
      const reason =
        error instanceof InfrastructureError ? message : `the grader failed: ${name}: ${message}`;
      if (tries === MAX_TRIES) return infrastructureFailure(job, reason, tries);
      // a machine that is short of something gets a moment
      await new Promise((resolve) => setTimeout(resolve, 200 * tries));
    }
  }
}

/** Grades what is missing in the store and returns the counts. Failures of the machine do not count as done. */
export async function runBatch(jobs: readonly Job[], store: Store, options: BatchOptions): Promise<Progress> {
  const started = performance.now();
  const counts = { done: 0, reused: 0, studentErrors: 0, infra: 0, review: 0 };
  const progress = (): Progress => {
    const fresh = counts.done - counts.reused;
    const perSecond = fresh / Math.max(1e-3, (performance.now() - started) / 1000);
    return {
      ...counts,
      total: jobs.length,
      perSecond,
      secondsLeft: fresh === 0 ? Number.NaN : (jobs.length - counts.done) / perSecond,
    };
  };
  const count = ({ record }: StoredRecord) => {
    counts.done++;
    if (record.status === "student_error") counts.studentErrors++;
    if (record.status === "infra") counts.infra++;
    if (record.status === "review") counts.review++;
    options.onProgress?.(progress());
  };
  let next = 0;
  const lane = async (slot: number): Promise<void> => {
    // the last result is written while the next answer is graded
    let writing = Promise.resolve();
    while (next < jobs.length && !(options.stopped?.() ?? false)) {
      const job = jobs[next++]!;
      const known = store.get(job.key);
      if (known !== undefined && known.record.status !== "infra") {
        counts.reused++;
        count(known);
      } else {
        const stored = await patiently(job, slot, options.gradeJob);
        await writing;
        writing = store.put(stored).then(() => count(stored));
        // whoever waits for it hears of a full disk
        writing.catch(() => {});
      }
    }
    await writing;
  };
  await Promise.all(Array.from({ length: Math.max(1, options.slots) }, (_, slot) => lane(slot)));
  return progress();
}
