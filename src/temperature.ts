import { checkClasses } from "./calibration";
import { logSumExp, softmax } from "./softmax";
import { CompensatedSum } from "./sum";
import { checkFinite, checkNumber, type Matrix, rangeError, type Vector } from "./validate";

/** The mean loss at the inverse temperature β with its first two derivatives by β. */
export interface TemperatureSlope {
  readonly loss: number;
  readonly first: number;
  readonly second: number;
}

export interface TemperatureFit {
  /** 0 if every row is classified right (the loss falls for ever), `Infinity` if the uniform distribution is best. */
  readonly temperature: number;
  /** Mean cross-entropy at that temperature, nats. */
  readonly loss: number;
  /** Mean cross-entropy at temperature 1, nats; never less on the same data. */
  readonly lossAtOne: number;
  readonly steps: number;
}

/**
 * Mean cross-entropy of `softmax(β z)` as a function of β, with derivatives: `L′ = mean(E_q[z] − z_y)` and
 * `L″ = mean Var_q(z) ≥ 0`, so that L is convex in `β = 1/temperature` (in the temperature it is not).
 *
 * @param y - true classes, shape `[N]`
 * @param Z - logits, shape `[N, V]`, finite
 * @param beta - inverse temperature
 * @returns loss in nats, and its derivatives
 * @throws RangeError if a shape, a class or a logit is wrong
 * @see D16
 * @example temperatureSlope([0], [[1, 0]], 0) // { loss: 0.693147, first: -0.5, second: 0.25 }
 */
export function temperatureSlope(y: Vector, Z: Matrix, beta: number): TemperatureSlope {
  checkClasses("temperatureSlope", y, "Z", Z);
  for (let n = 0; n < Z.length; n++) checkFinite("temperatureSlope", `Z[${n}]`, Z[n]);
  checkNumber("temperatureSlope", "beta", beta);
  if (!Number.isFinite(beta)) throw rangeError("temperatureSlope", "beta", "be finite", beta);
  return slope(y, Z, beta);
}

function slope(y: Vector, Z: Matrix, beta: number): TemperatureSlope {
  const loss = new CompensatedSum();
  const first = new CompensatedSum();
  const second = new CompensatedSum();
  for (let n = 0; n < Z.length; n++) {
    const z = Float64Array.from(Z[n]!);
    const zy = z[y[n]!]!;
    const gaps = z.map((zk) => zk - zy);
    const scaled = gaps.map((gap) => beta * gap);
    const q = softmax(scaled);
    loss.add(logSumExp(scaled));
    let mean = 0;
    for (let k = 0; k < q.length; k++) mean += q[k]! * gaps[k]!;
    let variance = 0;
    for (let k = 0; k < q.length; k++) variance += q[k]! * (gaps[k]! - mean) ** 2;
    first.add(mean);
    second.add(variance);
  }
  const N = Z.length;
  return { loss: loss.value / N, first: first.value / N, second: second.value / N };
}

/**
 * Temperature scaling (Guo et al. 2017): the τ for which `softmax(z/τ)` has the least mean cross-entropy, by Newton's
 * method in `1/τ`, kept between bounds that the sign of the derivative gives.
 *
 * Fit it on held-out data. The predicted classes do not change; only the confidence does.
 *
 * @param y - true classes, shape `[N]`
 * @param Z - logits, shape `[N, V]`, finite
 * @returns the temperature with the losses there and at 1
 * @throws RangeError if a shape, a class or a logit is wrong
 * @see D16 — and `calibrationError`, which can be gamed and is not what is minimised
 * @example fitTemperature([0, 0, 1], [[2, 0], [2, 0], [2, 0]]).temperature // 2.88539
 */
export function fitTemperature(y: Vector, Z: Matrix): TemperatureFit {
  checkClasses("fitTemperature", y, "Z", Z);
  for (let n = 0; n < Z.length; n++) checkFinite("fitTemperature", `Z[${n}]`, Z[n]);
  const lossAtOne = slope(y, Z, 1).loss;
  const start = slope(y, Z, 0);
  if (start.first >= 0) return { temperature: Infinity, loss: start.loss, lossAtOne, steps: 0 };
  if (Array.from(Z).every((z, n) => Array.from(z).every((zk) => zk <= z[y[n]!]!)))
    return { temperature: 0, loss: limitAtZero(y, Z), lossAtOne, steps: 0 };
  let low = 0; // L′ < 0
  let high = Infinity; // L′ > 0
  let beta = 1;
  let steps = 0;
  for (; steps < 200; steps++) {
    const { first, second } = slope(y, Z, beta);
    if (first === 0) break;
    if (first < 0) low = beta;
    else high = beta;
    const newton = beta - first / second;
    const inside = newton > low && newton < high;
    const next = inside ? newton : high === Infinity ? 4 * beta : (low + high) / 2;
    const moved = Math.abs(next - beta);
    beta = next;
    // Newton squares the error, so that after a step of 1e-9 only rounding is left
    if (moved <= (inside ? 1e-9 : 1e-15) * beta) break;
  }
  return { temperature: 1 / beta, loss: slope(y, Z, beta).loss, lossAtOne, steps };
}

/** The mean loss for τ → 0 if no logit exceeds that of the true class: log of the number of ties. */
function limitAtZero(y: Vector, Z: Matrix): number {
  const total = new CompensatedSum();
  for (let n = 0; n < Z.length; n++)
    total.add(Math.log(Array.from(Z[n]!).filter((zk) => zk === Z[n]![y[n]!]).length));
  return total.value / Z.length;
}
