import type { Context } from "../context";
import type { Canon } from "./canon";
import { type Known, signOf } from "./sign";

/** What a normaliser may do beyond order, brackets and signs. Each rule is a short list of these. */
export type Feature =
  | "collect" // a + a = 2a, a − a = 0
  | "cancel" // a·a = a², a/a = 1 for a ≠ 0
  | "expand" // a(b + c) = ab + ac
  | "linear" // Σ(a + cb) = Σa + cΣb
  | "exchange" // ΣᵢΣⱼ = ΣⱼΣᵢ, with factors brought inside
  | "together" // log(a + b/c) = log((ac + b)/c)
  | "chain" // ∂f(u)/∂z = Σⱼ ∂f/∂uⱼ · ∂uⱼ/∂z
  | "log product"
  | "log quotient"
  | "log power"
  | "log exp"
  | "exp sum"
  | "powers" // 2^a·2^b = 2^(a+b)
  | "total" // Σp = 1
  | "pick" // Σᵢ δᵢₖ aᵢ = aₖ
  | "differentiate"
  | "additive"
  | "Gaussian";

export type Scope = {
  readonly context: Context;
  readonly features: ReadonlySet<Feature>;
  readonly known: Known;
  /** Whether `Σᵢ name[…, i]` is 1, by its domain or as far as numbers tell. */
  readonly isDistribution: (name: string, at: number) => boolean;
};

export const positive = (c: Canon, scope: Scope): boolean =>
  signOf(c, scope.context, scope.known) === "positive";
