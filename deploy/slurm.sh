#!/bin/bash
# Grades a class as an array of eight tasks:   sbatch deploy/slurm.sh
# then, when all are done:                     npm run grade -- merge results/part-* --out merged
#SBATCH --job-name=grade
#SBATCH --array=1-8
#SBATCH --cpus-per-task=2
#SBATCH --mem=4G
#SBATCH --time=02:00:00
#SBATCH --output=grade-%A-%a.log
# a task that is stopped goes on from where it was when it is put back into the queue
#SBATCH --requeue
set -euo pipefail
cd "$SLURM_SUBMIT_DIR"
# Build once before the array starts (npm run build): tasks must not compile into one folder at the same time.
# The key is a file that only you can read; the number of the task and of tasks comes from Slurm.
exec node tools/run.mjs grade batch submissions --roster roster.csv --course autumn \
  --key course.key --slots "$SLURM_CPUS_PER_TASK" --out "results/part-$SLURM_ARRAY_TASK_ID"
