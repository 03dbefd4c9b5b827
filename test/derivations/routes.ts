import type { Relation, RuleName, Step } from "cross-entropy";

// Correct derivations written by hand, at least three for each graded exercise: all must get full points.

type Line = readonly [expression: string, by: RuleName, relation?: Relation];
const route = (...lines: Line[]): Step[] =>
  lines.map(([expression, by, relation]) => ({ expression, by, ...(relation ? { relation } : {}) }));
const limit = { of: "T", to: "infinity" } as const;

export const routes: Readonly<Record<string, readonly (readonly Step[])[]>> = {
  E02: [
    // The root first.
    route(
      ["I(p^(m / n))", "start"],
      ["I((p^(1 / n))^m)", "power of a power"],
      ["I(prod(r, p^(1 / n)))", "power of a power"],
      ["sum(r, I(p^(1 / n)))", "additivity"],
      ["m * I(p^(1 / n))", "linearity"],
      ["m / n * (n * I(p^(1 / n)))", "algebra"],
      ["m / n * sum(s, I(p^(1 / n)))", "linearity"],
      ["m / n * I(prod(s, p^(1 / n)))", "additivity"],
      ["m / n * I(p)", "power of a power"],
    ),
    // n copies of the whole first.
    route(
      ["I(p^(m / n))", "start"],
      ["1 / n * (n * I(p^(m / n)))", "cancel"],
      ["1 / n * sum(s, I(p^(m / n)))", "linearity"],
      ["1 / n * I(prod(s, p^(m / n)))", "additivity"],
      ["1 / n * I(p^m)", "power of a power"],
      ["1 / n * I(prod(r, p))", "power of a power"],
      ["1 / n * sum(r, I(p))", "additivity"],
      ["1 / n * (m * I(p))", "linearity"],
      ["m / n * I(p)", "rearrange"],
    ),
    // As short as the rules allow.
    route(
      ["I(p^(m / n))", "start"],
      ["I(prod(r, p^(1 / n)))", "power of a power"],
      ["sum(r, I(p^(1 / n)))", "additivity"],
      ["m * I(p^(1 / n))", "linearity"],
      ["m * (1 / n * (n * I(p^(1 / n))))", "cancel"],
      ["m * (1 / n * sum(s, I(p^(1 / n))))", "linearity"],
      ["m * (1 / n * I(prod(s, p^(1 / n))))", "additivity"],
      ["I(p) * m / n", "power of a power"],
    ),
  ],
  E04: [
    route(
      ["-sum(i, p[i] * log(q[i]))", "start"],
      ["-sum(i, p[i] * (log(q[i]) - log(p[i]) + log(p[i])))", "add and subtract"],
      ["-sum(i, p[i] * log(p[i])) + sum(i, p[i] * (log(p[i]) - log(q[i])))", "linearity"],
      ["-sum(i, p[i] * log(p[i])) + sum(i, p[i] * log(p[i] / q[i]))", "log of a quotient"],
      ["H(p) + KL(p, q)", "definition"],
    ),
    // Multiply and divide by p inside the logarithm.
    route(
      ["-sum(i, p[i] * log(q[i]))", "start"],
      ["-sum(j, p[j] * log(p[j] * (q[j] / p[j])))", "cancel"],
      ["-sum(j, p[j] * (log(p[j]) + log(q[j] / p[j])))", "log of a product"],
      ["-sum(j, p[j] * log(p[j])) - sum(j, p[j] * log(q[j] / p[j]))", "linearity"],
      ["H(p) - sum(j, p[j] * log(q[j] / p[j]))", "definition"],
      ["H(p) + sum(j, p[j] * log(p[j] / q[j]))", "log of a quotient"],
      ["KL(p, q) + H(p)", "definition"],
    ),
    // Add and subtract the whole entropy sum.
    route(
      ["-sum(i, p[i] * log(q[i]))", "start"],
      ["-sum(i, p[i] * log(q[i])) + sum(i, p[i] * log(p[i])) - sum(i, p[i] * log(p[i]))", "add and subtract"],
      ["sum(i, p[i] * (log(p[i]) - log(q[i]))) - sum(i, p[i] * log(p[i]))", "linearity"],
      ["sum(i, p[i] * log(p[i] / q[i])) - sum(i, p[i] * log(p[i]))", "log of a quotient"],
      ["KL(p, q) - sum(i, p[i] * log(p[i]))", "definition"],
      ["KL(p, q) + H(p)", "definition"],
    ),
    // The definition of H as soon as it appears.
    route(
      ["-sum(k, p[k] * log(q[k]))", "start"],
      ["-sum(k, p[k] * (log(p[k]) + log(q[k]) - log(p[k])))", "add and subtract"],
      ["-sum(k, p[k] * log(p[k])) + sum(k, p[k] * (log(p[k]) - log(q[k])))", "linearity"],
      ["H(p) + sum(k, p[k] * (log(p[k]) - log(q[k])))", "definition"],
      ["H(p) + sum(k, p[k] * log(p[k] / q[k]))", "log of a quotient"],
      ["H(p) + KL(p, q)", "definition"],
    ),
  ],
  E05: [
    route(
      ["-KL(p, q)", "start"],
      ["-sumWhere(i, p[i] > 0, p[i] * log(p[i] / q[i]))", "definition"],
      ["sumWhere(i, p[i] > 0, p[i] * log(q[i] / p[i]))", "log of a quotient"],
      ["sumWhere(i, p[i] > 0, p[i] * (q[i] / p[i] - 1))", "log x <= x - 1", "<="],
      ["sumWhere(i, p[i] > 0, q[i] - p[i])", "algebra"],
      ["sumWhere(i, p[i] > 0, q[i]) - sumWhere(i, p[i] > 0, p[i])", "linearity"],
      ["sum(i, q[i]) - sumWhere(i, p[i] > 0, p[i])", "part of a sum", "<="],
      ["1 - 1", "sums to 1"],
      ["0", "rearrange"],
    ),
    // Jensen.
    route(
      ["sumWhere(i, p[i] > 0, p[i] * log(q[i] / p[i]))", "start"],
      ["log(sumWhere(i, p[i] > 0, p[i] * (q[i] / p[i])))", "Jensen, log concave", "<="],
      ["log(sumWhere(i, p[i] > 0, q[i]))", "cancel"],
      ["log(sum(i, q[i]))", "part of a sum", "<="],
      ["log(1)", "sums to 1"],
      ["0", "log of exp"],
    ),
    // From the divergence itself, downwards.
    route(
      ["KL(p, q)", "start"],
      ["sumWhere(i, p[i] > 0, p[i] * log(p[i] / q[i]))", "definition"],
      ["-sumWhere(i, p[i] > 0, p[i] * log(q[i] / p[i]))", "log of a quotient"],
      ["-sumWhere(i, p[i] > 0, p[i] * (q[i] / p[i] - 1))", "log x <= x - 1", ">="],
      ["-sumWhere(i, p[i] > 0, q[i] - p[i])", "algebra"],
      ["sumWhere(i, p[i] > 0, p[i]) - sumWhere(i, p[i] > 0, q[i])", "linearity"],
      ["1 - sumWhere(i, p[i] > 0, q[i])", "sums to 1"],
      ["1 - sum(i, q[i])", "part of a sum", ">="],
      ["1 - 1", "sums to 1"],
      ["0", "algebra"],
    ),
    // Jensen, downwards.
    route(
      ["KL(p, q)", "start"],
      ["sumWhere(i, p[i] > 0, p[i] * log(p[i] / q[i]))", "definition"],
      ["-sumWhere(i, p[i] > 0, p[i] * log(q[i] / p[i]))", "log of a quotient"],
      ["-log(sumWhere(i, p[i] > 0, p[i] * (q[i] / p[i])))", "Jensen, log concave", ">="],
      ["-log(sumWhere(i, p[i] > 0, q[i]))", "cancel"],
      ["-log(sum(i, q[i]))", "part of a sum", ">="],
      ["-log(1)", "sums to 1"],
      ["0", "log of exp"],
    ),
  ],
  E10: [
    route(
      ["-log(p^y * (1 - p)^(1 - y))", "start"],
      ["-(log(p^y) + log((1 - p)^(1 - y)))", "log of a product"],
      ["-(y * log(p) + (1 - y) * log(1 - p))", "log of a power"],
      ["-y * log(p) - (1 - y) * log(1 - p)", "rearrange"],
    ),
    // Through the odds.
    route(
      ["-log(p^y * (1 - p)^(1 - y))", "start"],
      ["-log((p / (1 - p))^y * (1 - p))", "power of a power"],
      ["-log((p / (1 - p))^y) - log(1 - p)", "log of a product"],
      ["-y * log(p / (1 - p)) - log(1 - p)", "log of a power"],
      ["-y * (log(p) - log(1 - p)) - log(1 - p)", "log of a quotient"],
      ["-y * log(p) - (1 - y) * log(1 - p)", "algebra"],
    ),
    // One logarithm at a time.
    route(
      ["-log(p^y * (1 - p)^(1 - y))", "start"],
      ["-log((1 - p)^(1 - y)) - log(p^y)", "log of a product"],
      ["(y - 1) * log(1 - p) - y * log(p)", "log of a power"],
      ["-(y * log(p) + (1 - y) * log(1 - p))", "rearrange"],
    ),
    // A quotient instead of a product.
    route(
      ["-log(p^y * (1 - p)^(1 - y))", "start"],
      ["-log(p^y * (1 - p) / (1 - p)^y)", "power of a power"],
      ["-(log(p^y * (1 - p)) - log((1 - p)^y))", "log of a quotient"],
      ["-(log(p^y) + log(1 - p) - log((1 - p)^y))", "log of a product"],
      ["-(y * log(p) + log(1 - p) - y * log(1 - p))", "log of a power"],
      ["-y * log(p) - (1 - y) * log(1 - p)", "algebra"],
    ),
  ],
  E13: [
    route(
      ["diff(-log(phat[c]), z[k])", "start"],
      ["diff(-log(exp(z[c]) / sum(j, exp(z[j]))), z[k])", "definition"],
      ["diff(-(log(exp(z[c])) - log(sum(j, exp(z[j])))), z[k])", "log of a quotient"],
      ["diff(-z[c] + log(sum(j, exp(z[j]))), z[k])", "log of exp"],
      ["-delta(c, k) + exp(z[k]) / sum(j, exp(z[j]))", "differentiate"],
      ["phat[k] - delta(k, c)", "definition"],
    ),
    // From the logits, in two terms.
    route(
      ["diff(-z[c] + log(sum(i, exp(z[i]))), z[k])", "start"],
      ["diff(-z[c], z[k]) + diff(log(sum(i, exp(z[i]))), z[k])", "differentiate"],
      ["-delta(k, c) + 1 / sum(i, exp(z[i])) * sum(i, delta(i, k) * exp(z[i]))", "differentiate"],
      ["-delta(k, c) + 1 / sum(i, exp(z[i])) * exp(z[k])", "pick the term"],
      ["phat[k] - delta(k, c)", "definition"],
    ),
    // Through the Jacobian of softmax.
    route(
      ["diff(-log(phat[c]), z[k])", "start"],
      ["-1 / phat[c] * diff(phat[c], z[k])", "chain rule"],
      [
        "-1 / phat[c] * (exp(z[c]) / sum(j, exp(z[j])) * (delta(c, k) - exp(z[k]) / sum(j, exp(z[j]))))",
        "differentiate",
      ],
      ["-1 / phat[c] * (phat[c] * (delta(c, k) - phat[k]))", "definition"],
      ["-(delta(c, k) - phat[k])", "cancel"],
      ["phat[k] - delta(k, c)", "rearrange"],
    ),
    // Short.
    route(
      ["diff(-z[c] + log(sum(i, exp(z[i]))), z[k])", "start"],
      ["exp(z[k]) / sum(i, exp(z[i])) - delta(k, c)", "differentiate"],
      ["phat[k] - delta(k, c)", "definition"],
    ),
  ],
  "E13 soft": [
    route(
      ["diff(-sum(i, t[i] * log(phat[i])), z[k])", "start"],
      ["diff(-sum(i, t[i] * log(exp(z[i]) / sum(j, exp(z[j])))), z[k])", "definition"],
      ["diff(-sum(i, t[i] * (log(exp(z[i])) - log(sum(j, exp(z[j]))))), z[k])", "log of a quotient"],
      ["diff(-sum(i, t[i] * (z[i] - log(sum(j, exp(z[j]))))), z[k])", "log of exp"],
      ["diff(-sum(i, t[i] * z[i]) + log(sum(j, exp(z[j]))) * sum(i, t[i]), z[k])", "linearity"],
      ["diff(-sum(i, t[i] * z[i]) + log(sum(j, exp(z[j]))), z[k])", "sums to 1"],
      ["-t[k] + exp(z[k]) / sum(j, exp(z[j]))", "differentiate"],
      ["phat[k] - t[k]", "definition"],
    ),
    // The chain rule through the Jacobian.
    route(
      ["diff(-sum(i, t[i] * log(phat[i])), z[k])", "start"],
      ["-sum(j, t[j] / phat[j] * diff(phat[j], z[k]))", "chain rule"],
      [
        "-sum(j, t[j] / phat[j] * (exp(z[j]) / sum(i, exp(z[i])) * (delta(j, k) - exp(z[k]) / sum(i, exp(z[i])))))",
        "differentiate",
      ],
      ["-sum(j, t[j] / phat[j] * (phat[j] * (delta(j, k) - phat[k])))", "definition"],
      ["-sum(j, t[j] * (delta(j, k) - phat[k]))", "cancel"],
      ["phat[k] * sum(j, t[j]) - t[k]", "pick the term"],
      ["phat[k] - t[k]", "sums to 1"],
    ),
    // Differentiate with the sum of the targets still in place.
    route(
      ["diff(-sum(i, t[i] * log(phat[i])), z[k])", "start"],
      ["diff(-sum(i, t[i] * log(exp(z[i]) / sum(j, exp(z[j])))), z[k])", "definition"],
      ["diff(-sum(i, t[i] * (log(exp(z[i])) - log(sum(j, exp(z[j]))))), z[k])", "log of a quotient"],
      ["diff(-sum(i, t[i] * (z[i] - log(sum(j, exp(z[j]))))), z[k])", "log of exp"],
      ["-t[k] + exp(z[k]) / sum(j, exp(z[j])) * sum(i, t[i])", "differentiate"],
      ["-t[k] + exp(z[k]) / sum(j, exp(z[j]))", "sums to 1"],
      ["phat[k] - t[k]", "definition"],
    ),
  ],
  E16: [
    route(
      ["diff(sum(i, p[i] * S(q[i])) - lambda * (sum(i, q[i]) - 1), q[k]) == 0", "start"],
      ["p[k] * diff(S(q[k]), q[k]) - lambda == 0", "differentiate", "<=>"],
      ["p[k] * diff(S(q[k]), q[k]) == lambda", "both sides", "<=>"],
    ),
    // The two parts apart.
    route(
      ["diff(sum(i, p[i] * S(q[i])) - lambda * (sum(i, q[i]) - 1), q[k]) == 0", "start"],
      ["diff(sum(i, p[i] * S(q[i])), q[k]) - lambda * diff(sum(i, q[i]), q[k]) == 0", "differentiate", "<=>"],
      ["p[k] * diff(S(q[k]), q[k]) - lambda * 1 == 0", "differentiate", "<=>"],
      ["p[k] * diff(S(q[k]), q[k]) == lambda", "both sides", "<=>"],
    ),
    // With the sum over the other classes still in sight.
    route(
      ["diff(sum(i, p[i] * S(q[i])) - lambda * (sum(i, q[i]) - 1), q[k]) == 0", "start"],
      [
        "sum(i, p[i] * (diff(S(q[i]), q[i]) * delta(i, k))) - lambda * sum(i, delta(i, k)) == 0",
        "differentiate",
        "<=>",
      ],
      ["p[k] * diff(S(q[k]), q[k]) - lambda == 0", "pick the term", "<=>"],
      ["lambda == p[k] * diff(S(q[k]), q[k])", "both sides", "<=>"],
      ["p[k] * diff(S(q[k]), q[k]) == lambda", "rearrange", "<=>"],
    ),
  ],
  E18: [
    route(
      ["diff(sum(n, log(sum(k, exp(beta * z[n, k]))) - beta * z[n, y[n]]) / N, beta)", "start"],
      [
        "sum(n, sum(k, exp(beta * z[n, k]) * z[n, k]) / sum(i, exp(beta * z[n, i])) - z[n, y[n]]) / N",
        "differentiate",
      ],
      [
        "sum(n, sum(k, exp(beta * z[n, k]) / sum(i, exp(beta * z[n, i])) * z[n, k]) - z[n, y[n]]) / N",
        "linearity",
      ],
      ["sum(n, sum(k, q[n, k] * z[n, k]) - z[n, y[n]]) / N", "definition"],
    ),
    // The derivative of each part apart.
    route(
      ["diff(sum(n, log(sum(k, exp(beta * z[n, k]))) - beta * z[n, y[n]]) / N, beta)", "start"],
      [
        "sum(n, diff(log(sum(k, exp(beta * z[n, k]))), beta) - diff(beta * z[n, y[n]], beta)) / N",
        "differentiate",
      ],
      [
        "sum(n, 1 / sum(i, exp(beta * z[n, i])) * sum(k, z[n, k] * exp(beta * z[n, k])) - z[n, y[n]]) / N",
        "differentiate",
      ],
      [
        "sum(n, sum(k, z[n, k] * (exp(beta * z[n, k]) / sum(i, exp(beta * z[n, i])))) - z[n, y[n]]) / N",
        "linearity",
      ],
      ["sum(n, sum(k, q[n, k] * z[n, k]) - z[n, y[n]]) / N", "definition"],
    ),
    // Split the mean first.
    route(
      ["diff(sum(n, log(sum(k, exp(beta * z[n, k]))) - beta * z[n, y[n]]) / N, beta)", "start"],
      [
        "diff(sum(n, log(sum(k, exp(beta * z[n, k])))) / N - beta * sum(n, z[n, y[n]]) / N, beta)",
        "linearity",
      ],
      [
        "sum(n, sum(k, exp(beta * z[n, k]) * z[n, k]) / sum(i, exp(beta * z[n, i]))) / N - sum(n, z[n, y[n]]) / N",
        "differentiate",
      ],
      [
        "sum(n, sum(k, exp(beta * z[n, k]) / sum(i, exp(beta * z[n, i])) * z[n, k]) - z[n, y[n]]) / N",
        "linearity",
      ],
      ["sum(n, sum(k, q[n, k] * z[n, k]) - z[n, y[n]]) / N", "definition"],
    ),
  ],
  "E18 second": [
    route(
      ["diff(diff(log(sum(k, exp(beta * z[k]))) - beta * z[c], beta), beta)", "start"],
      [
        "sum(k, exp(beta * z[k]) * z[k]^2) / sum(i, exp(beta * z[i])) - (sum(k, exp(beta * z[k]) * z[k]) / sum(i, exp(beta * z[i])))^2",
        "differentiate",
      ],
      [
        "sum(k, exp(beta * z[k]) / sum(i, exp(beta * z[i])) * z[k]^2) - sum(k, exp(beta * z[k]) / sum(i, exp(beta * z[i])) * z[k])^2",
        "linearity",
      ],
      ["sum(k, q[k] * z[k]^2) - m^2", "definition"],
    ),
    route(
      ["diff(diff(log(sum(k, exp(beta * z[k]))) - beta * z[c], beta), beta)", "start"],
      ["diff(sum(k, exp(beta * z[k]) * z[k]) / sum(i, exp(beta * z[i])) - z[c], beta)", "differentiate"],
      [
        "sum(k, exp(beta * z[k]) * z[k]^2) / sum(i, exp(beta * z[i])) - sum(k, exp(beta * z[k]) * z[k])^2 / sum(i, exp(beta * z[i]))^2",
        "differentiate",
      ],
      [
        "sum(k, exp(beta * z[k]) / sum(i, exp(beta * z[i])) * z[k]^2) - sum(k, exp(beta * z[k]) / sum(i, exp(beta * z[i])) * z[k])^2",
        "linearity",
      ],
      ["sum(k, q[k] * z[k]^2) - sum(k, q[k] * z[k])^2", "definition"],
      ["sum(k, q[k] * z[k]^2) - m^2", "definition"],
    ),
    route(
      ["diff(diff(log(sum(k, exp(beta * z[k]))) - beta * z[c], beta), beta)", "start"],
      ["diff(diff(log(sum(k, exp(beta * z[k]))), beta) - z[c], beta)", "differentiate"],
      ["diff(diff(log(sum(k, exp(beta * z[k]))), beta), beta)", "differentiate"],
      ["diff(1 / sum(i, exp(beta * z[i])) * sum(k, exp(beta * z[k]) * z[k]), beta)", "differentiate"],
      [
        "sum(k, exp(beta * z[k]) * z[k]^2) / sum(i, exp(beta * z[i])) - (sum(k, exp(beta * z[k]) * z[k]) / sum(i, exp(beta * z[i])))^2",
        "differentiate",
      ],
      [
        "sum(k, exp(beta * z[k]) / sum(i, exp(beta * z[i])) * z[k]^2) - sum(k, exp(beta * z[k]) / sum(i, exp(beta * z[i])) * z[k])^2",
        "linearity",
      ],
      ["sum(k, q[k] * z[k]^2) - m^2", "definition"],
    ),
  ],
  E20: [
    route(
      ["diff(-sum(j, t[j] * log(phat[j])), z[k])", "start"],
      ["diff(-sum(j, t[j] * log(exp(z[j] / T) / sum(i, exp(z[i] / T)))), z[k])", "definition"],
      ["diff(-sum(j, t[j] * (log(exp(z[j] / T)) - log(sum(i, exp(z[i] / T))))), z[k])", "log of a quotient"],
      ["diff(-sum(j, t[j] * (z[j] / T - log(sum(i, exp(z[i] / T))))), z[k])", "log of exp"],
      ["diff(log(sum(i, exp(z[i] / T))) * sum(j, t[j]) - sum(j, t[j] * z[j]) / T, z[k])", "linearity"],
      ["diff(log(sum(i, exp(z[i] / T))) - sum(j, t[j] * z[j]) / T, z[k])", "sums to 1"],
      ["(exp(z[k] / T) / sum(i, exp(z[i] / T)) - t[k]) / T", "differentiate"],
      ["(phat[k] - t[k]) / T", "definition"],
    ),
    route(
      ["diff(-sum(j, t[j] * log(phat[j])), z[k])", "start"],
      ["-sum(j, t[j] / phat[j] * diff(phat[j], z[k]))", "chain rule"],
      [
        "-sum(j, t[j] / phat[j] * (exp(z[j] / T) / sum(i, exp(z[i] / T)) * (delta(j, k) - exp(z[k] / T) / sum(i, exp(z[i] / T))) / T))",
        "differentiate",
      ],
      ["-sum(j, t[j] / phat[j] * (phat[j] * (delta(j, k) - phat[k]) / T))", "definition"],
      ["-sum(j, t[j] * (delta(j, k) - phat[k]) / T)", "cancel"],
      ["-t[k] / T + phat[k] / T * sum(j, t[j])", "pick the term"],
      ["-t[k] / T + phat[k] / T", "sums to 1"],
      ["(phat[k] - t[k]) / T", "algebra"],
    ),
    route(
      ["diff(-sum(j, t[j] * log(phat[j])), z[k])", "start"],
      ["diff(-sum(j, t[j] * log(exp(z[j] / T) / sum(i, exp(z[i] / T)))), z[k])", "definition"],
      ["diff(-sum(j, t[j] * (log(exp(z[j] / T)) - log(sum(i, exp(z[i] / T))))), z[k])", "log of a quotient"],
      ["diff(-sum(j, t[j] * (z[j] / T - log(sum(i, exp(z[i] / T))))), z[k])", "log of exp"],
      ["-t[k] / T + sum(j, t[j]) * (exp(z[k] / T) / sum(i, exp(z[i] / T)) / T)", "differentiate"],
      ["-t[k] / T + exp(z[k] / T) / sum(i, exp(z[i] / T)) / T", "sums to 1"],
      ["-t[k] / T + phat[k] / T", "definition"],
      ["(phat[k] - t[k]) / T", "algebra"],
    ),
  ],
  "E20 limit": [
    [
      ...route(
        ["T^2 * ((phat[k] - t[k]) / T)", "start"],
        ["T * (phat[k] - t[k])", "algebra"],
        ["T * (phat[k] - 1 / K) - T * (t[k] - 1 / K)", "algebra"],
      ),
      {
        expression: "(z[k] - sum(i, z[i]) / K) / K - (v[k] - sum(i, v[i]) / K) / K",
        by: "limit",
        relation: "->",
        limit,
      },
      { expression: "(z[k] - sum(i, z[i]) / K - (v[k] - sum(i, v[i]) / K)) / K", by: "algebra" },
    ],
    [
      ...route(
        ["T^2 * ((phat[k] - t[k]) / T)", "start"],
        ["T * ((phat[k] - 1 / K) - (t[k] - 1 / K))", "algebra"],
        [
          "T * (exp(z[k] / T) / sum(i, exp(z[i] / T)) - 1 / K - (exp(v[k] / T) / sum(i, exp(v[i] / T)) - 1 / K))",
          "definition",
        ],
      ),
      {
        expression: "(z[k] - sum(i, z[i]) / K - (v[k] - sum(i, v[i]) / K)) / K",
        by: "limit",
        relation: "->",
        limit,
      },
    ],
    [
      ...route(
        ["T^2 * ((phat[k] - t[k]) / T)", "start"],
        ["T * (phat[k] - t[k])", "cancel"],
        ["T * (phat[k] - 1 / K - t[k] + 1 / K)", "add and subtract"],
        ["T * (phat[k] - 1 / K) - T * (t[k] - 1 / K)", "algebra"],
      ),
      {
        expression: "(z[k] - sum(i, z[i]) / K - (v[k] - sum(i, v[i]) / K)) / K",
        by: "limit",
        relation: "->",
        limit,
      },
    ],
  ],
  E25: [
    route(
      ["diff(-r * log(q) - (1 - r) * log(1 - q), q) == 0", "start"],
      ["-r / q + (1 - r) / (1 - q) == 0", "differentiate", "<=>"],
      ["q - r == 0", "both sides", "<=>"],
      ["q == r", "solve", "<=>"],
      ["q == (1 - eta) * p + eta * (1 - p)", "definition", "<=>"],
      ["p == (q - eta) / (1 - 2 * eta)", "solve", "<=>"],
    ),
    route(
      ["diff(-r * log(q) - (1 - r) * log(1 - q), q) == 0", "start"],
      ["(1 - r) / (1 - q) - r / q == 0", "differentiate", "<=>"],
      ["(1 - r) / (1 - q) == r / q", "both sides", "<=>"],
      ["q * (1 - r) == r * (1 - q)", "both sides", "<=>"],
      ["q == r", "both sides", "<=>"],
      ["q == (1 - eta) * p + eta * (1 - p)", "definition", "<=>"],
      ["q == eta + (1 - 2 * eta) * p", "algebra", "<=>"],
      ["q - eta == (1 - 2 * eta) * p", "both sides", "<=>"],
      ["p == (q - eta) / (1 - 2 * eta)", "solve", "<=>"],
    ),
    route(
      ["diff(-r * log(q) - (1 - r) * log(1 - q), q) == 0", "start"],
      ["diff(-r * log(q), q) - diff((1 - r) * log(1 - q), q) == 0", "differentiate", "<=>"],
      ["(1 - r) / (1 - q) - r / q == 0", "differentiate", "<=>"],
      ["q - r == 0", "both sides", "<=>"],
      ["q - ((1 - eta) * p + eta * (1 - p)) == 0", "definition", "<=>"],
      ["q == (1 - eta) * p + eta * (1 - p)", "both sides", "<=>"],
      ["(1 - 2 * eta) * p == q - eta", "both sides", "<=>"],
      ["p == (q - eta) / (1 - 2 * eta)", "both sides", "<=>"],
    ),
  ],
  "E25 focal": [
    route(
      ["diff(p * (1 - q)^gamma * (-log(q)) + (1 - p) * q^gamma * (-log(1 - q)), q)", "start"],
      ["-p * diff((1 - q)^gamma * log(q), q) - (1 - p) * diff(q^gamma * log(1 - q), q)", "differentiate"],
      [
        "p * (gamma * (1 - q)^(gamma - 1) * log(q) - (1 - q)^gamma / q) - (1 - p) * (gamma * q^(gamma - 1) * log(1 - q) - q^gamma / (1 - q))",
        "differentiate",
      ],
    ),
    route(
      ["diff(p * (1 - q)^gamma * (-log(q)) + (1 - p) * q^gamma * (-log(1 - q)), q)", "start"],
      ["diff(-p * (1 - q)^gamma * log(q), q) + diff(-(1 - p) * q^gamma * log(1 - q), q)", "differentiate"],
      [
        "-p * (-gamma * (1 - q)^(gamma - 1) * log(q) + (1 - q)^gamma / q) - (1 - p) * (gamma * q^(gamma - 1) * log(1 - q) - q^gamma / (1 - q))",
        "differentiate",
      ],
      [
        "p * (gamma * (1 - q)^(gamma - 1) * log(q) - (1 - q)^gamma / q) - (1 - p) * (gamma * q^(gamma - 1) * log(1 - q) - q^gamma / (1 - q))",
        "rearrange",
      ],
    ),
    route(
      ["diff(p * (1 - q)^gamma * (-log(q)) + (1 - p) * q^gamma * (-log(1 - q)), q)", "start"],
      [
        "diff(p * (1 - q)^gamma * (-log(q)), q) + diff((1 - p) * q^gamma * (-log(1 - q)), q)",
        "differentiate",
      ],
      [
        "p * gamma * (1 - q)^(gamma - 1) * log(q) - p * (1 - q)^gamma / q + diff((1 - p) * q^gamma * (-log(1 - q)), q)",
        "differentiate",
      ],
      [
        "p * (gamma * (1 - q)^(gamma - 1) * log(q) - (1 - q)^gamma / q) - (1 - p) * (gamma * q^(gamma - 1) * log(1 - q) - q^gamma / (1 - q))",
        "differentiate",
      ],
    ),
  ],
};
