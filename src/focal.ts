import { minusLog } from "./entropy";
import { sigma, softplus } from "./log-space";
import { checkNumber, checkProbability, rangeError, typeError } from "./validate";

function checkGamma(where: string, gamma: unknown): asserts gamma is number {
  checkNumber(where, "gamma", gamma);
  if (!(gamma >= 0 && gamma < Infinity)) throw rangeError(where, "gamma", "be finite and >= 0", gamma);
}

function checkLabel(where: string, y: unknown): asserts y is 0 | 1 {
  if (typeof y !== "number") throw typeError(where, "y", "be a number", y);
  if (y !== 0 && y !== 1) throw rangeError(where, "y", "be 0 or 1", y);
}

/**
 * Focal loss `−(1 − p_t)^γ log p_t`, where `p_t` is the probability given to what happened (Lin et al. 2017).
 *
 * γ fades out what is already right; it is not the class weight that is called α. The loss is not proper: its minimiser
 * is drawn towards ½.
 *
 * @param y - what happened, 0 or 1
 * @param p - forecast probability of 1
 * @param gamma - focus γ >= 0; 0 gives binary cross-entropy
 * @returns nats, in `[0, Infinity]`
 * @throws RangeError if an argument is out of range
 * @see D20 — and `focalMinimiser`
 * @example focalLoss(1, 0.9, 2) // 0.00105361
 */
export function focalLoss(y: number, p: number, gamma: number): number {
  checkLabel("focalLoss", y);
  checkProbability("focalLoss", "p", p);
  checkGamma("focalLoss", gamma);
  const wrong = y === 1 ? 1 - p : p;
  const surprise = y === 1 ? minusLog(p) : 0 - Math.log1p(-p);
  return surprise === 0 ? 0 : wrong ** gamma * surprise;
}

/**
 * Focal loss from a logit, with its gradient by the logit.
 *
 * With `s = ±z` the logit of what happened and `w = σ(−s)`: loss `w^γ log(1 + e^−s)`, slope by s
 * `−w^γ (γ σ(s) log(1 + e^−s) + w)`.
 *
 * @param y - what happened, 0 or 1
 * @param z - logit of 1
 * @param gamma - focus γ >= 0
 * @returns `{ loss, gradZ }`
 * @throws RangeError if an argument is out of range
 * @see D20 — and `focalLoss`, of a probability
 * @example focalLossWithGradient(1, 0, 0) // { loss: 0.693147, gradZ: -0.5 }
 */
export function focalLossWithGradient(y: number, z: number, gamma: number): { loss: number; gradZ: number } {
  checkLabel("focalLossWithGradient", y);
  checkNumber("focalLossWithGradient", "z", z);
  checkGamma("focalLossWithGradient", gamma);
  const s = y === 1 ? z : -z;
  const surprise = softplus(-s);
  const wrong = sigma(-s);
  const focus = gamma === 0 ? 1 : wrong ** gamma;
  if (surprise === 0) return { loss: 0, gradZ: 0 };
  const slope = -focus * (gamma === 0 ? wrong : gamma * sigma(s) * surprise + wrong);
  return { loss: focus * surprise, gradZ: y === 1 ? slope : 0 - slope };
}

/** Minus the slope by q of `(1 − q)^γ (−log q)`, divided by `(1 − q)^(γ−1)`. */
function pull(q: number, gamma: number): number {
  return (1 - q) / q + gamma * minusLog(q);
}

/**
 * What the expected focal loss `p f(q) + (1 − p) f(1 − q)` is least for: between p and ½.
 *
 * @param p - true probability of 1
 * @param gamma - focus γ >= 0
 * @returns the forecast q; `q = p` only for γ = 0 or p in {0, ½, 1}
 * @throws RangeError if an argument is out of range
 * @see D20 — and `unfocal`, the inverse
 * @example focalMinimiser(0.9, 2) // 0.694213
 */
export function focalMinimiser(p: number, gamma: number): number {
  checkProbability("focalMinimiser", "p", p);
  checkGamma("focalMinimiser", gamma);
  if (gamma === 0 || p === 0 || p === 1 || p === 0.5) return p;
  if (p < 0.5) return 1 - focalMinimiser(1 - p, gamma);
  // `unfocal` rises from ½ to 1 between ½ and 1: halve the interval until two neighbours are left.
  let low = 0.5;
  let high = 1;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return low;
    if (invert(middle, gamma) < p) low = middle;
    else high = middle;
  }
}

/**
 * The probability behind a forecast q of a model trained with focal loss: the p for which q is `focalMinimiser(p, γ)`.
 *
 * @param q - forecast probability of 1
 * @param gamma - the focus γ >= 0 of the training loss
 * @returns p, in closed form
 * @throws RangeError if an argument is out of range
 * @see D20
 * @example unfocal(focalMinimiser(0.9, 2), 2) // 0.9
 */
export function unfocal(q: number, gamma: number): number {
  checkProbability("unfocal", "q", q);
  checkGamma("unfocal", gamma);
  return invert(q, gamma);
}

/** From `p f′(q) = (1 − p) f′(1 − q)`. */
function invert(q: number, gamma: number): number {
  if (q === 0 || q === 1) return q;
  const yes = (1 - q) ** (gamma - 1) * pull(q, gamma);
  const no = q ** (gamma - 1) * pull(1 - q, gamma);
  return no / (yes + no);
}

function checkNoise(where: string, noise: unknown, below: boolean): asserts noise is number {
  checkNumber(where, "noise", noise);
  if (!(noise >= 0 && (below ? noise < 0.5 : noise <= 1)))
    throw rangeError(where, "noise", below ? "be in [0, 0.5)" : "be in [0, 1]", noise);
}

/**
 * What cross-entropy learns when each label is flipped with probability η: `(1 − η) p + η (1 − p)`.
 *
 * @param p - true probability of 1
 * @param noise - probability η of a flip to the other label
 * @returns the observed probability of 1, between p and ½ for η < ½
 * @throws RangeError if an argument is out of range
 * @see D20 — and `denoise`, the inverse
 * @example noisyMinimiser(0.9, 0.2) // 0.74
 */
export function noisyMinimiser(p: number, noise: number): number {
  checkProbability("noisyMinimiser", "p", p);
  checkNoise("noisyMinimiser", noise, false);
  return (1 - noise) * p + noise * (1 - p);
}

/**
 * The clean probability behind one observed through noise: `(q − η)/(1 − 2η)`.
 *
 * @param q - observed probability of 1, in `[η, 1 − η]`
 * @param noise - probability η of a flip, below ½
 * @returns p
 * @throws RangeError if an argument is out of range
 * @see D20
 * @example denoise(0.74, 0.2) // 0.9
 */
export function denoise(q: number, noise: number): number {
  checkProbability("denoise", "q", q);
  checkNoise("denoise", noise, true);
  if (q < noise || q > 1 - noise) throw rangeError("denoise", "q", `be in [${noise}, ${1 - noise}]`, q);
  return (q - noise) / (1 - 2 * noise);
}
