import type { Random } from "./random";
import { checkChain } from "./rates";
import { CompensatedSum } from "./sum";
import {
  checkArray,
  checkDistribution,
  checkInteger,
  checkObject,
  type Matrix,
  rangeError,
  type Vector,
} from "./validate";

/** A hidden Markov model: what is seen depends on a state that is not. */
export interface HiddenMarkov {
  /** Distribution of the first state, shape `[S]`. */
  readonly initial: Vector;
  /** Distribution of the next state after each state, shape `[S, S]`. */
  readonly transition: Matrix;
  /** Distribution of the symbol seen in each state, shape `[S, V]`. */
  readonly emission: Matrix;
}

function checkModel(where: string, model: HiddenMarkov): number {
  checkObject(where, "model", model);
  const { initial, transition, emission } = model;
  checkDistribution(where, "initial", initial);
  checkChain(where, "transition", transition);
  if (transition.length !== initial.length)
    throw rangeError(
      where,
      "transition",
      `have ${initial.length} rows like initial`,
      String(transition.length),
    );
  checkArray(where, "emission", emission);
  if (emission.length !== initial.length)
    throw rangeError(where, "emission", `have ${initial.length} rows like initial`, String(emission.length));
  for (let i = 0; i < emission.length; i++) {
    checkDistribution(where, `emission[${i}]`, emission[i]);
    if (emission[i]!.length !== emission[0]!.length)
      throw rangeError(
        where,
        `emission[${i}]`,
        `have length ${emission[0]!.length} like emission[0]`,
        String(emission[i]!.length),
      );
  }
  return emission[0]!.length;
}

/**
 * Surprisal of each symbol given all before it, by the forward algorithm with its vector scaled to sum 1 at each step:
 * unscaled it underflows after some hundred symbols. Their mean tends to the entropy rate if the model made the sequence.
 *
 * @param sequence - symbols seen, shape `[N]`
 * @param model - initial, transition and emission probabilities
 * @returns nats, shape `[N]`; `Infinity` at a symbol that the model holds impossible, NaN after it
 * @throws RangeError if a distribution or a symbol is wrong
 * @see D22
 * @example hiddenMarkovLosses([0, 1], { initial: [1, 0], transition: [[0, 1], [1, 0]], emission: [[0.9, 0.1], [0.2, 0.8]] }) // [0.105361, 0.223144]
 */
export function hiddenMarkovLosses(sequence: Vector, model: HiddenMarkov): Float64Array {
  const where = "hiddenMarkovLosses";
  const V = checkModel(where, model);
  checkArray(where, "sequence", sequence);
  const { initial, transition, emission } = model;
  const S = initial.length;
  let belief = Float64Array.from(initial); // the state before the symbol is seen, given all earlier symbols
  const losses = new Float64Array(sequence.length);
  for (let t = 0; t < sequence.length; t++) {
    const x = sequence[t]!;
    checkInteger(where, `sequence[${t}]`, x, 0, V - 1);
    const seen = belief.map((b, i) => b * emission[i]![x]!);
    const total = new CompensatedSum();
    for (const s of seen) total.add(s);
    losses[t] = 0 - Math.log(total.value);
    const next = new Float64Array(S);
    for (let i = 0; i < S; i++)
      for (let j = 0; j < S; j++) next[j]! += (seen[i]! / total.value) * transition[i]![j]!;
    belief = next;
  }
  return losses;
}

/**
 * Symbols drawn from a hidden Markov model.
 *
 * @param model - initial, transition and emission probabilities
 * @param length - number of symbols, >= 1
 * @param random - the source of randomness
 * @returns `{ states, symbols }`, each of shape `[length]`
 * @throws RangeError if a distribution is wrong
 * @example hiddenMarkovPath({ initial: [1, 0], transition: [[0, 1], [1, 0]], emission: [[1, 0], [0, 1]] }, 3, new Random(1)).symbols // [0, 1, 0]
 */
export function hiddenMarkovPath(
  model: HiddenMarkov,
  length: number,
  random: Random,
): { states: number[]; symbols: number[] } {
  checkModel("hiddenMarkovPath", model);
  checkInteger("hiddenMarkovPath", "length", length, 1);
  const states = [random.categorical(model.initial)];
  while (states.length < length) states.push(random.categorical(model.transition[states.at(-1)!]!));
  return { states, symbols: states.map((state) => random.categorical(model.emission[state]!)) };
}
