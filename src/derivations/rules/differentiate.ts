import {
  add,
  type Canon,
  call,
  freshIndex,
  isNum,
  mentions,
  minusOne,
  mul,
  one,
  pow,
  put,
  rational,
  same,
  subtract,
  zero,
} from "./canon";

/**
 * The derivative of an expression by a symbol, or by one entry of a vector: ∂z_j/∂z_k = δ_jk.
 *
 * Definitions inside must be open: what a name stands for decides how it depends on the variable.
 */
export function differentiate(c: Canon, variable: Canon): Canon {
  if (variable.t !== "name") return call("diff", c, variable);
  const d = (part: Canon): Canon => differentiate(part, variable);
  if (!mentions(c, variable.name)) return zero;
  switch (c.t) {
    case "num":
      return zero;
    case "name": {
      if (c.name !== variable.name || c.at.length !== variable.at.length) return zero;
      return mul(
        ...c.at.map((at, i) => {
          const to = variable.at[i]!;
          return same(at, to) ? one : isNum(at) && isNum(to) ? zero : call("delta", at, to);
        }),
      );
    }
    case "add":
      return add(...c.items.map(d));
    case "mul":
      return add(...c.items.map((_, i) => mul(...c.items.map((other, j) => (i === j ? d(other) : other)))));
    case "pow": {
      const { base, exp } = c;
      const byBase = mentions(base, variable.name) ? mul(exp, pow(base, subtract(exp, one)), d(base)) : zero;
      const byExp = mentions(exp, variable.name) ? mul(c, call("log", base), d(exp)) : zero;
      return add(byBase, byExp);
    }
    case "call": {
      const x = c.args[0]!;
      if (c.name === "log") return mul(pow(x, minusOne), d(x));
      if (c.name === "log2") return mul(pow(x, minusOne), pow(call("log", rational(2n)), minusOne), d(x));
      if (c.name === "exp") return mul(c, d(x));
      if (c.name === "diff") return differentiate(differentiate(x, c.args[1]!), variable);
      // An unknown function keeps its derivative as it is: ∂S(qᵢ)/∂q_k = S′(qᵢ) ∂qᵢ/∂q_k.
      if (c.args.length === 1 && !same(x, variable)) return mul(call("diff", c, x), d(x));
      return call("diff", c, variable);
    }
    case "bind": {
      if (c.name === "sum" || c.name === "sumWhere" || c.name === "expectNormal") {
        // The variable's own index must not be caught: ∂/∂z_i Σ_i … has two different i.
        const clash = variable.at.some((part) => mentions(part, c.index));
        const index = clash ? freshIndex(c.index, [...c.args, ...variable.at]) : c.index;
        const args = clash
          ? c.args.map((part) => put(part, c.index, { t: "name", name: index, at: [] }))
          : c.args;
        return { ...c, index, args: [...args.slice(0, -1), d(args.at(-1)!)] };
      }
      return call("diff", c, variable);
    }
    case "compare":
      return { ...c, left: d(c.left), right: d(c.right) };
  }
}
