import {
  checkArray,
  checkDistribution,
  checkInteger,
  checkWeights,
  rangeError,
  type Vector,
} from "./validate";

const TWO_32 = 2 ** 32;

/** The constant of xoshiro256's jump: x^(2^128) modulo the generator's characteristic polynomial. */
const JUMP = [0x180ec6d33cfd0aban, 0xd5a61266f0c9392cn, 0xa9582618e03fc9aan, 0x39abdc4529b1661cn];

/** The state is four 64-bit words; JavaScript computes with 32 bits, so each is kept as a high and a low half. */
interface State {
  high: Uint32Array;
  low: Uint32Array;
}

/** SplitMix64 (Steele, Lea & Flood 2014) spreads a small seed over the whole state, as xoshiro's authors advise. */
function stateFromSeed(seed: number): State {
  const state: State = { high: new Uint32Array(4), low: new Uint32Array(4) };
  let x = BigInt(seed);
  for (let i = 0; i < 4; i++) {
    x = BigInt.asUintN(64, x + 0x9e3779b97f4a7c15n);
    let z = BigInt.asUintN(64, (x ^ (x >> 30n)) * 0xbf58476d1ce4e5b9n);
    z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
    setWord(state, i, z ^ (z >> 31n));
  }
  return state;
}

function setWord(state: State, i: number, word: bigint): void {
  state.high[i] = Number(word >> 32n);
  state.low[i] = Number(word & 0xffffffffn);
}

/**
 * A seeded source of random numbers: the same seed gives the same numbers on every machine.
 *
 * xoshiro256** (Blackman & Vigna 2021, ACM TOMS 47(4)): period 2²⁵⁶ − 1, passes BigCrush. Not for secrets.
 * No function of this package draws a random number without being handed one of these.
 *
 * @example new Random(7).uniform() // 0.700576
 */
export class Random {
  private state: State;

  /**
   * @param seed - an integer in `[0, 2⁵³ − 1]`
   * @throws RangeError if the seed is no such integer
   */
  constructor(seed: number) {
    checkInteger("Random", "seed", seed, 0);
    this.state = stateFromSeed(seed);
  }

  /** A generator in exactly the given state, four 64-bit words not all 0: for published test vectors. */
  static fromState(words: readonly bigint[]): Random {
    const random = new Random(0);
    for (let i = 0; i < 4; i++) setWord(random.state, i, words[i]!);
    return random;
  }

  /** Advances the state by one step and leaves the 64 random bits in `this.high` and `this.low`. */
  private step(): void {
    const { high, low } = this.state;
    // result = rotl(s1 · 5, 7) · 9, each product carried from the low half to the high half
    const fiveLow = low[1]! * 5;
    const fiveHigh = (high[1]! * 5 + Math.floor(fiveLow / TWO_32)) >>> 0;
    const rotatedHigh = ((fiveHigh << 7) | ((fiveLow >>> 0) >>> 25)) >>> 0;
    const rotatedLow = ((fiveLow << 7) | (fiveHigh >>> 25)) >>> 0;
    const nineLow = rotatedLow * 9;
    this.high = (rotatedHigh * 9 + Math.floor(nineLow / TWO_32)) >>> 0;
    this.low = nineLow >>> 0;

    const shiftedHigh = (high[1]! << 17) | (low[1]! >>> 15); // s1 << 17
    const shiftedLow = low[1]! << 17;
    for (const half of [high, low]) {
      half[2]! ^= half[0]!;
      half[3]! ^= half[1]!;
      half[1]! ^= half[2]!;
      half[0]! ^= half[3]!;
    }
    high[2]! ^= shiftedHigh;
    low[2]! ^= shiftedLow;
    const [oldHigh, oldLow] = [high[3]!, low[3]!]; // rotl by 45 = exchange the halves, then rotl by 13
    high[3] = (oldLow << 13) | (oldHigh >>> 19);
    low[3] = (oldHigh << 13) | (oldLow >>> 19);
  }
  private high = 0;
  private low = 0;

  /** The next 64 random bits as a whole number in `[0, 2⁶⁴)`. */
  bits(): bigint {
    this.step();
    return (BigInt(this.high) << 32n) | BigInt(this.low);
  }

  /**
   * A number uniform on `[0, 1)`, a multiple of 2⁻⁵³.
   */
  uniform(): number {
    this.step();
    return ((this.high >>> 5) * 2 ** 26 + (this.low >>> 6)) / 2 ** 53;
  }

  /**
   * An integer uniform on `[0, n)`; for n < 2³² its bias is below 2⁻²¹ of each probability.
   *
   * @param n - an integer >= 1
   */
  integer(n: number): number {
    checkInteger("Random.integer", "n", n, 1);
    return Math.floor(this.uniform() * n);
  }

  /**
   * A normal deviate with mean 0 and variance 1, by Marsaglia's polar method. The method makes two at a time; the
   * second is thrown away, so that the state of the generator is all there is to know.
   */
  normal(): number {
    for (;;) {
      const x = 2 * this.uniform() - 1;
      const y = 2 * this.uniform() - 1;
      const r2 = x * x + y * y;
      if (r2 > 0 && r2 < 1) return x * Math.sqrt((-2 * Math.log(r2)) / r2);
    }
  }

  /** An exponential deviate with mean 1: the surprisal of a uniform number in `(0, 1]`. */
  exponential(): number {
    return 0 - Math.log1p(-this.uniform());
  }

  /**
   * An outcome drawn from `p`. For many draws from one distribution, `categoricals` is faster.
   *
   * @param p - distribution, shape `[V]`, sums to 1
   * @returns an index in `[0, V − 1]` with `p[index] > 0`
   */
  categorical(p: Vector): number {
    return this.categoricals(p, 1)[0]!;
  }

  /**
   * `count` independent outcomes drawn from `p`.
   *
   * @param p - distribution, shape `[V]`, sums to 1
   * @param count - an integer >= 0
   * @returns indices, shape `[count]`
   */
  categoricals(p: Vector, count: number): number[] {
    checkDistribution("Random.categoricals", "p", p);
    checkInteger("Random.categoricals", "count", count, 0);
    const cumulative = new Float64Array(p.length);
    let total = 0;
    let lastPossible = 0;
    for (let i = 0; i < p.length; i++) {
      if (p[i]! > 0) lastPossible = i;
      cumulative[i] = total += p[i]!;
    }
    return Array.from({ length: count }, () => {
      const u = this.uniform() * total;
      let low = 0; // the first index whose cumulative probability exceeds u
      let high = lastPossible;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (cumulative[middle]! > u) high = middle;
        else low = middle + 1;
      }
      return low;
    });
  }

  /**
   * The logarithm of a gamma deviate with the given shape and scale 1 (Marsaglia & Tsang 2000, ACM TOMS 26(3)).
   * In logarithms, because for a small shape the deviate itself underflows.
   */
  private logGamma(shape: number): number {
    // Γ(a) = Γ(a + 1) · U^(1/a) for a < 1, where the method below does not apply
    if (shape < 1) return this.logGamma(shape + 1) - this.exponential() / shape;
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = this.normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && -this.exponential() < 0.5 * x * x + d * (1 - v + Math.log(v))) return Math.log(d * v);
    }
  }

  /**
   * A random distribution: a point of the Dirichlet law.
   *
   * @param alpha - concentrations, finite and > 0, shape `[V]`: all 1 is uniform on the simplex, small is spiky, large
   *   is close to `normalise(alpha)`
   * @returns distribution, shape `[V]`
   */
  dirichlet(alpha: Vector): number[] {
    checkWeights("Random.dirichlet", "alpha", alpha);
    for (let i = 0; i < alpha.length; i++)
      if (alpha[i] === 0) throw rangeError("Random.dirichlet", `alpha[${i}]`, "be > 0", 0);
    const logWeights = Array.from(alpha, (a) => this.logGamma(a));
    const largest = Math.max(...logWeights);
    const weights = logWeights.map((logWeight) => Math.exp(logWeight - largest));
    const total = weights.reduce((a, b) => a + b);
    return weights.map((weight) => weight / total);
  }

  /**
   * A distribution drawn evenly from the simplex of all distributions over `V` outcomes.
   *
   * @param V - number of outcomes, an integer >= 1
   * @returns distribution, shape `[V]`
   */
  simplex(V: number): number[] {
    checkInteger("Random.simplex", "V", V, 1);
    return this.dirichlet(new Array(V).fill(1));
  }

  /**
   * The items in random order, every order equally likely (Fisher & Yates). The argument is left as it is.
   *
   * @param items - any array, also an empty one
   * @returns a new array
   */
  shuffle<T>(items: readonly T[]): T[] {
    if (!Array.isArray(items)) checkArray("Random.shuffle", "items", items);
    const shuffled = [...items];
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
    }
    return shuffled;
  }

  /**
   * A generator of its own for another part of an experiment. It takes over at the present state, while this one jumps
   * 2¹²⁸ steps ahead: their numbers never overlap, and adding draws to one part leaves the other part as it was.
   */
  split(): Random {
    const child = new Random(0);
    child.state = { high: this.state.high.slice(), low: this.state.low.slice() };
    this.jump();
    return child;
  }

  private jump(): void {
    const sum: State = { high: new Uint32Array(4), low: new Uint32Array(4) };
    for (const word of JUMP)
      for (let b = 0n; b < 64n; b++) {
        if ((word >> b) & 1n)
          for (let i = 0; i < 4; i++) {
            sum.high[i]! ^= this.state.high[i]!;
            sum.low[i]! ^= this.state.low[i]!;
          }
        this.step();
      }
    this.state = sum;
  }
}
