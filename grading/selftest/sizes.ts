/** How much of everything: `quick` belongs to CI, `full` to a release. */
export interface Sizes {
  readonly seeds: number;
  readonly slowSeeds: number;
  readonly alternateSeeds: number;
  /** of one job list, for the same bytes */
  readonly repeats: number;
  readonly shards: readonly number[];
  /** reference answers at four times the cores, in each tier */
  readonly crowd: number;
  readonly kills: number;
}

export const quick: Sizes = {
  seeds: 20,
  slowSeeds: 3,
  alternateSeeds: 1,
  repeats: 4,
  shards: [1, 2, 7],
  crowd: 200,
  kills: 5,
};
export const full: Sizes = {
  seeds: 200,
  slowSeeds: 200,
  alternateSeeds: 5,
  repeats: 20,
  shards: [1, 2, 7, 32],
  crowd: 3000,
  kills: 50,
};
