/** Seeded random inputs: sfc32 (Chris Doty-Humphrey), seeded by hashing a text, the same on every machine. */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private d = 1;

  constructor(seed: string) {
    // FNV-1a over three rotations of the text: three different starting words from one seed
    const word = (salt: string) => {
      let h = 0x811c9dc5;
      for (const ch of salt + seed) h = Math.imul(h ^ ch.codePointAt(0)!, 0x01000193);
      return h | 0;
    };
    this.a = word("a");
    this.b = word("b");
    this.c = word("c");
    for (let i = 0; i < 15; i++) this.uniform();
  }

  /** in [0, 1), 32 random bits */
  uniform = (): number => {
    const sum = (this.a + this.b + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (this.c << 21) | (this.c >>> 11);
    this.c = (this.c + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };

  /** goes on where another one stands */
  static from(state: readonly number[]): Random {
    const random = new Random("");
    [random.a, random.b, random.c, random.d] = state as [number, number, number, number];
    return random;
  }

  /** the four words that `uniform` goes on from */
  state(): readonly number[] {
    return [this.a, this.b, this.c, this.d];
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /** an integer in [low, high], both ends included */
  integer(low: number, high: number): number {
    return low + Math.floor(this.uniform() * (high - low + 1));
  }

  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  list<T>(length: number, make: (index: number) => T): T[] {
    return Array.from({ length }, (_, i) => make(i));
  }

  /** a distribution with every entry above about 1/(100·size): no accident makes an entry 0 */
  distribution(size: number): number[] {
    const weights = this.list(size, () => 0.02 - Math.log(1 - this.uniform()));
    const total = weights.reduce((sum, w) => sum + w, 0);
    return weights.map((w) => w / total);
  }

  /** logits with spread `scale` */
  logits(size: number, scale = 2): number[] {
    return this.list(size, () => scale * this.normal());
  }

  choose<T>(options: readonly T[]): T {
    return options[this.integer(0, options.length - 1)]!;
  }

  shuffle<T>(items: readonly T[]): T[] {
    const out = items.slice();
    for (let i = out.length - 1; i > 0; i--) {
      const j = this.integer(0, i);
      [out[i], out[j]] = [out[j]!, out[i]!];
    }
    return out;
  }
}
