// What other libraries call it, and what it is here: rows of docs/coming-from.md, each compared with their own value.

export interface Parity {
  readonly library: "PyTorch" | "SciPy" | "Optax" | "TensorFlow" | "mpmath";
  /** Key of the value in tools/golden/golden.json. */
  readonly key: string;
  readonly theirs: string;
  /** An expression of this package, with Z, Y, T, P, Q, W, B, TEACHER from the same file. */
  readonly ours: string;
  readonly note?: string;
}

const p = (key: string, theirs: string, ours: string, note = ""): Parity => ({
  library: "PyTorch",
  key,
  theirs,
  ours,
  note,
});
const s = (key: string, theirs: string, ours: string, note = ""): Parity => ({
  library: "SciPy",
  key,
  theirs,
  ours,
  note,
});
const o = (key: string, theirs: string, ours: string, note = ""): Parity => ({
  library: "Optax",
  key,
  theirs,
  ours,
  note,
});
const t = (key: string, theirs: string, ours: string, note = ""): Parity => ({
  library: "TensorFlow",
  key,
  theirs,
  ours,
  note,
});
const m = (key: string, theirs: string, ours: string): Parity => ({ library: "mpmath", key, theirs, ours });

export const parity: readonly Parity[] = [
  p("logsumexp", "torch.logsumexp(z, 1)", "logSumExp(Z)"),
  p("softmax", "torch.softmax(z, 1)", "softmax(Z)"),
  p("log_softmax", "torch.log_softmax(z, 1)", "logSoftmax(Z)"),
  p("cross_entropy", "F.cross_entropy(z, y)", "softmaxCrossEntropy(Y, Z)", "target first here"),
  p(
    "cross_entropy sum",
    'F.cross_entropy(z, y, reduction="sum")',
    'softmaxCrossEntropy(Y, Z, { reduction: "sum" })',
  ),
  p(
    "cross_entropy none",
    'F.cross_entropy(z, y, reduction="none")',
    'softmaxCrossEntropy(Y, Z, { reduction: "none" })',
  ),
  p(
    "cross_entropy weight",
    "F.cross_entropy(z, y, weight=w)",
    "softmaxCrossEntropy(Y, Z, { weight: W })",
    "both divide by the weights of the classes that happened",
  ),
  p(
    "cross_entropy label_smoothing",
    "F.cross_entropy(z, y, label_smoothing=0.1)",
    "softmaxCrossEntropy(Y, Z, { labelSmoothing: 0.1 })",
  ),
  p(
    "cross_entropy weight label_smoothing",
    "F.cross_entropy(z, y, weight=w, label_smoothing=0.1)",
    "softmaxCrossEntropy(Y, Z, { weight: W, labelSmoothing: 0.1 })",
  ),
  p(
    "cross_entropy ignore_index",
    "F.cross_entropy(z, y) with y[1] = -100",
    "softmaxCrossEntropy([2, -100, 1], Z, { ignoreIndex: -100 })",
    "no index is ignored unless you name it",
  ),
  p(
    "cross_entropy all ignored",
    "the same with all of y = -100",
    "softmaxCrossEntropy([-100, -100, -100], Z, { ignoreIndex: -100 })",
    "`emptyMean: 0` for 0",
  ),
  p("cross_entropy soft", "F.cross_entropy(z, t)", "softmaxCrossEntropy(T, Z)"),
  p(
    "cross_entropy soft weight",
    "F.cross_entropy(z, t, weight=w)",
    "softmaxCrossEntropy(T, Z, { weight: W })",
    "both divide by the number of rows",
  ),
  p(
    "cross_entropy soft label_smoothing",
    "F.cross_entropy(z, t, label_smoothing=0.2)",
    "softmaxCrossEntropy(T, Z, { labelSmoothing: 0.2 })",
  ),
  p("cross_entropy gradient", "z.grad after backward()", "softmaxCrossEntropyWithGradient(Y, Z).gradZ"),
  p(
    "cross_entropy weight gradient",
    "the same with weight and label_smoothing",
    "softmaxCrossEntropyWithGradient(Y, Z, { weight: W, labelSmoothing: 0.1 }).gradZ",
  ),
  p("bce_with_logits", "F.binary_cross_entropy_with_logits(z, b)", "binaryCrossEntropyWithLogits(B, Z)"),
  p("bce_with_logits pos_weight", "… pos_weight=w", "binaryCrossEntropyWithLogits(B, Z, { posWeight: W })"),
  p(
    "bce_with_logits weight",
    '… weight=w, reduction="sum"',
    'binaryCrossEntropyWithLogits(B, Z, { weight: W, reduction: "sum" })',
  ),
  p(
    "bce_with_logits gradient",
    "z.grad after backward(), pos_weight=w",
    "binaryCrossEntropyWithLogitsWithGradient(B, Z, { posWeight: W }).gradZ",
  ),
  p(
    "kl_div batchmean",
    'F.kl_div(q.log(), p, reduction="batchmean")',
    "mean(P.map((p, i) => klDivergence(p, Q[i])))",
    "theirs takes log q first; its `mean` divides by the number of entries",
  ),
  p("softplus", "F.softplus(z)", "Z.map((z) => z.map(log1pExp))"),
  p("logsigmoid", "F.logsigmoid(z)", "Z.map((z) => z.map(logSigmoid))"),
  p(
    "distillation",
    "kl_div of log_softmax(z / 4) · 16, batchmean",
    "distillationLoss(TEACHER, Z, { temperature: 4 })",
  ),
  s("logsumexp", "special.logsumexp(z, axis=1)", "logSumExp(Z)"),
  s("softmax", "special.softmax(z, axis=1)", "softmax(Z)"),
  s("log_softmax", "special.log_softmax(z, axis=1)", "logSoftmax(Z)"),
  s("expit", "special.expit(z)", "Z.map((z) => z.map(sigmoid))"),
  s("log_expit", "special.log_expit(z)", "Z.map((z) => z.map(logSigmoid))"),
  s("xlogy", "special.xlogy at (0, 0), (2, 3), (0, nan)", "[xlogy(0, 0), xlogy(2, 3), xlogy(0, NaN)]"),
  s("xlog1py", "special.xlog1py at (0, -1), (2, 1e-20)", "[xlog1py(0, -1), xlog1py(2, 1e-20)]"),
  s("entropy", "stats.entropy(p, axis=1)", "P.map(entropy)", "theirs divides by the sum first"),
  s("relative entropy", "stats.entropy(p, q, axis=1)", "P.map((p, i) => klDivergence(p, Q[i]))"),
  s("rel_entr", "special.rel_entr at (0, 0), (0.5, 0)", "[0, klDivergence([0.5, 0.5], [0, 1])]"),
  o(
    "softmax_cross_entropy",
    "softmax_cross_entropy(z, t)",
    'softmaxCrossEntropy(T, Z, { reduction: "none" })',
    "one loss per row there",
  ),
  o(
    "softmax_cross_entropy_with_integer_labels",
    "softmax_cross_entropy_with_integer_labels(z, y)",
    'softmaxCrossEntropy(Y, Z, { reduction: "none" })',
    "an index out of range is NaN there, an error here",
  ),
  o(
    "sigmoid_binary_cross_entropy",
    "sigmoid_binary_cross_entropy(z, b)",
    'binaryCrossEntropyWithLogits(B, Z, { reduction: "none" })',
  ),
  o("smooth_labels", "smooth_labels(one_hot(y), 0.1)", "Y.map((y) => smoothedTarget(y, 4, 0.1))"),
  o("kl_divergence", "kl_divergence(log(q), p)", "P.map((p, i) => klDivergence(p, Q[i]))"),
  o(
    "sigmoid_focal_loss",
    "sigmoid_focal_loss(z, b, gamma=2)",
    "Z.map((z, i) => z.map((x, k) => focalLossWithGradient(B[i][k] > 0.5 ? 1 : 0, x, 2).loss))",
  ),
  o("gradient", "jax.grad of the mean", "softmaxCrossEntropyWithGradient(Y, Z).gradZ"),
  o("hessian", "jax.hessian(logsumexp)(z[0])", "softmaxHessian(Z[0])"),
  t("reduce_logsumexp", "reduce_logsumexp(z, 1)", "logSumExp(Z)"),
  t(
    "softmax_cross_entropy_with_logits",
    "nn.softmax_cross_entropy_with_logits(t, z)",
    'softmaxCrossEntropy(T, Z, { reduction: "none" })',
    "target first in both",
  ),
  t(
    "sparse_softmax_cross_entropy_with_logits",
    "nn.sparse_softmax_cross_entropy_with_logits(y, z)",
    'softmaxCrossEntropy(Y, Z, { reduction: "none" })',
  ),
  t(
    "sigmoid_cross_entropy_with_logits",
    "nn.sigmoid_cross_entropy_with_logits(b, z)",
    'binaryCrossEntropyWithLogits(B, Z, { reduction: "none" })',
  ),
  t(
    "weighted_cross_entropy_with_logits",
    "nn.weighted_cross_entropy_with_logits(b, z, 3)",
    'binaryCrossEntropyWithLogits(B, Z, { posWeight: 3, reduction: "none" })',
  ),
  m("-log softmax(40, 0, 0)[0]", "log1p(2 exp(-40)), 60 digits", "softmaxCrossEntropy(0, [40, 0, 0])"),
  m("1 - softmax(40, 0)[0]", "1/(1 + exp(40))", "-softmaxCrossEntropyWithGradient(0, [40, 0]).gradZ[0]"),
  m("log(1 + e^-40)", "log1p(exp(-40))", "log1pExp(-40)"),
  m("logsumexp(1000, 1001, 999)", "1001 + log1p(exp(-1) + exp(-2))", "logSumExp([1000, 1001, 999])"),
  m("softmax(0, -744)[1]", "exp(-744)/(1 + exp(-744))", "softmax([0, -744])[1]"),
  m("sigmoid(-700)", "1/(1 + exp(700))", "sigmoid(-700)"),
];
