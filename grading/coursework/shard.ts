/** Which part of a large run this process takes: `--shard 2/7`, or what the cluster says in its variables. */
export interface Shard {
  /** counted from 1 */
  readonly index: number;
  readonly count: number;
}

export const whole: Shard = { index: 1, count: 1 };

function shard(index: number, count: number, text: string): Shard {
  if (!Number.isInteger(index) || !Number.isInteger(count) || count < 1 || index < 1 || index > count)
    throw new RangeError(`shard must be i/n with 1 <= i <= n, got ${text}`);
  return { index, count };
}

export function parseShard(text: string): Shard {
  const match = /^(\d{1,6})\/(\d{1,6})$/.exec(text);
  if (match === null) throw new RangeError(`shard must be i/n with 1 <= i <= n, got ${JSON.stringify(text)}`);
  return shard(Number(match[1]), Number(match[2]), text);
}

/** Slurm's array, Kubernetes' Indexed Job, or the two variables that deploy/github-actions.yml passes on. */
export function shardFromEnvironment(env: Readonly<Record<string, string | undefined>>): Shard | undefined {
  const number = (name: string) => {
    const text = env[name];
    return text === undefined || !/^\d{1,9}$/.test(text) ? undefined : Number(text);
  };
  const task = number("SLURM_ARRAY_TASK_ID");
  const tasks = number("SLURM_ARRAY_TASK_COUNT");
  if (task !== undefined && tasks !== undefined) {
    const first = number("SLURM_ARRAY_TASK_MIN") ?? 0;
    const step = number("SLURM_ARRAY_TASK_STEP") ?? 1;
    return shard((task - first) / step + 1, tasks, `task ${task} of ${tasks} (Slurm)`);
  }
  for (const [index, count] of [
    ["JOB_COMPLETION_INDEX", "JOB_COMPLETIONS"],
    ["MATRIX_JOB_INDEX", "MATRIX_JOB_TOTAL"],
  ] as const) {
    const [i, n] = [number(index), number(count)];
    if (i !== undefined && n !== undefined) return shard(i + 1, n, `${index} ${i} of ${n}`);
    // one of two alone would silently grade everything in every job
    if (i !== undefined) throw new RangeError(`shard: ${count} must be set beside ${index}`);
  }
  return undefined;
}

/** The jobs of one shard. The list must have the same order everywhere. */
export const ofShard = <T>(jobs: readonly T[], { index, count }: Shard): T[] =>
  jobs.filter((_, i) => i % count === index - 1);
