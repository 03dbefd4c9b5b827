"""Values of the module's neighbours, for test/src/golden.test.ts: run by maintainers only, the output is committed.

    python3 -m venv /tmp/golden && /tmp/golden/bin/pip install numpy scipy mpmath torch jax optax tensorflow-cpu
    /tmp/golden/bin/python tools/golden/golden.py > tools/golden/golden.json

Everything is computed in float64. A library that cannot be imported is left out, and its tests with it.
"""

import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

Z = [[0.5, -1.0, 2.0, 0.25], [1.5, 0.0, -0.5, 3.0], [-2.0, 0.75, 0.125, 1.0]]
Y = [2, 0, 1]
T = [[0.1, 0.2, 0.3, 0.4], [0.7, 0.1, 0.1, 0.1], [0.0, 0.5, 0.5, 0.0]]
P, Q = T, [[0.25, 0.25, 0.25, 0.25], [0.4, 0.3, 0.2, 0.1], [0.1, 0.4, 0.4, 0.1]]
W = [1.0, 2.0, 0.5, 3.0]
B = [[1.0, 0.0, 1.0, 0.0], [0.0, 1.0, 0.25, 1.0], [1.0, 1.0, 0.0, 0.0]]
TEACHER = [[1.0, 0.0, 2.0, -1.0], [0.0, 0.5, -0.5, 2.0], [-1.0, 1.0, 0.0, 0.5]]
inputs = dict(Z=Z, Y=Y, T=T, P=P, Q=Q, W=W, B=B, TEACHER=TEACHER)


def plain(x):
    """Lists of numbers; NaN and infinities as strings, which JSON lacks."""
    x = x.tolist() if hasattr(x, "tolist") else x
    if isinstance(x, list):
        return [plain(v) for v in x]
    x = float(x)
    return x if x == x and abs(x) != float("inf") else str(x)


def with_torch():
    import torch
    import torch.nn.functional as F

    t = lambda x: torch.tensor(x, dtype=torch.float64)
    z, y, T_, w = t(Z), torch.tensor(Y), t(T), t(W)

    def grad(f):
        x = t(Z).requires_grad_()
        f(x).backward()
        return x.grad

    kd = lambda tau: F.kl_div(F.log_softmax(z / tau, 1), F.log_softmax(t(TEACHER) / tau, 1), reduction="batchmean", log_target=True) * tau**2
    return torch.__version__, {
        "logsumexp": torch.logsumexp(z, 1),
        "softmax": torch.softmax(z, 1),
        "log_softmax": torch.log_softmax(z, 1),
        "cross_entropy": F.cross_entropy(z, y),
        "cross_entropy sum": F.cross_entropy(z, y, reduction="sum"),
        "cross_entropy none": F.cross_entropy(z, y, reduction="none"),
        "cross_entropy weight": F.cross_entropy(z, y, weight=w),
        "cross_entropy label_smoothing": F.cross_entropy(z, y, label_smoothing=0.1),
        "cross_entropy weight label_smoothing": F.cross_entropy(z, y, weight=w, label_smoothing=0.1),
        "cross_entropy ignore_index": F.cross_entropy(z, torch.tensor([2, -100, 1])),
        "cross_entropy soft": F.cross_entropy(z, T_),
        "cross_entropy soft weight": F.cross_entropy(z, T_, weight=w),
        "cross_entropy soft label_smoothing": F.cross_entropy(z, T_, label_smoothing=0.2),
        "cross_entropy all ignored": F.cross_entropy(z, torch.tensor([-100] * 3)),
        "cross_entropy gradient": grad(lambda x: F.cross_entropy(x, y)),
        "cross_entropy weight gradient": grad(lambda x: F.cross_entropy(x, y, weight=w, label_smoothing=0.1)),
        "bce_with_logits": F.binary_cross_entropy_with_logits(z, t(B)),
        "bce_with_logits pos_weight": F.binary_cross_entropy_with_logits(z, t(B), pos_weight=w),
        "bce_with_logits weight": F.binary_cross_entropy_with_logits(z, t(B), weight=w, reduction="sum"),
        "bce_with_logits gradient": grad(lambda x: F.binary_cross_entropy_with_logits(x, t(B), pos_weight=w)),
        "kl_div batchmean": F.kl_div(t(Q).log(), t(P), reduction="batchmean"),
        "softplus": F.softplus(z, threshold=1e9),
        "logsigmoid": F.logsigmoid(z),
        "distillation": kd(4.0),
    }


def with_scipy():
    import numpy as np
    import scipy
    from scipy import special, stats

    z = np.array(Z)
    return scipy.__version__, {
        "logsumexp": special.logsumexp(z, axis=1),
        "softmax": special.softmax(z, axis=1),
        "log_softmax": special.log_softmax(z, axis=1),
        "expit": special.expit(z),
        "log_expit": special.log_expit(z),
        "xlogy": [special.xlogy(0, 0), special.xlogy(2, 3), special.xlogy(0, float("nan"))],
        "xlog1py": [special.xlog1py(0, -1), special.xlog1py(2, 1e-20)],
        "entropy": stats.entropy(np.array(P), axis=1),
        "relative entropy": stats.entropy(np.array(P), np.array(Q), axis=1),
        "rel_entr": [special.rel_entr(0, 0), special.rel_entr(0.5, 0)],
    }


def with_optax():
    import jax

    jax.config.update("jax_enable_x64", True)
    import jax.numpy as jnp
    import optax

    z, y = jnp.array(Z), jnp.array(Y)
    return optax.__version__ + " (jax " + jax.__version__ + ")", {
        "softmax_cross_entropy": optax.softmax_cross_entropy(z, jnp.array(T)),
        "softmax_cross_entropy_with_integer_labels": optax.softmax_cross_entropy_with_integer_labels(z, y),
        "sigmoid_binary_cross_entropy": optax.sigmoid_binary_cross_entropy(z, jnp.array(B)),
        "smooth_labels": optax.smooth_labels(jnp.eye(4)[y], 0.1),
        "kl_divergence": optax.losses.kl_divergence(jnp.log(jnp.array(Q)), jnp.array(P)),
        "sigmoid_focal_loss": optax.sigmoid_focal_loss(z, jnp.round(jnp.array(B)), gamma=2.0),
        "gradient": jax.grad(lambda x: optax.softmax_cross_entropy_with_integer_labels(x, y).mean())(z),
        "hessian": jax.hessian(jax.nn.logsumexp)(z[0]),
    }


def with_tensorflow():
    import tensorflow as tf

    c = lambda x: tf.constant(x, tf.float64)
    z, y = c(Z), tf.constant(Y)
    return tf.__version__, {
        "reduce_logsumexp": tf.reduce_logsumexp(z, 1).numpy(),
        "softmax_cross_entropy_with_logits": tf.nn.softmax_cross_entropy_with_logits(c(T), z).numpy(),
        "sparse_softmax_cross_entropy_with_logits": tf.nn.sparse_softmax_cross_entropy_with_logits(y, z).numpy(),
        "sigmoid_cross_entropy_with_logits": tf.nn.sigmoid_cross_entropy_with_logits(c(B), z).numpy(),
        "weighted_cross_entropy_with_logits": tf.nn.weighted_cross_entropy_with_logits(c(B), z, 3.0).numpy(),
    }


def with_mpmath():
    import mpmath as mp

    mp.mp.dps = 60
    hard = {
        "-log softmax(40, 0, 0)[0]": mp.log1p(2 * mp.exp(-40)),
        "1 - softmax(40, 0)[0]": 1 / (1 + mp.exp(40)),
        "log(1 + e^-40)": mp.log1p(mp.exp(-40)),
        "logsumexp(1000, 1001, 999)": 1001 + mp.log1p(mp.exp(-1) + mp.exp(-2)),
        "softmax(0, -744)[1]": mp.exp(-744) / (1 + mp.exp(-744)),
        "sigmoid(-700)": 1 / (1 + mp.exp(700)),
    }
    return mp.__version__, hard


libraries = {}
for name, run in dict(PyTorch=with_torch, SciPy=with_scipy, Optax=with_optax, TensorFlow=with_tensorflow, mpmath=with_mpmath).items():
    try:
        version, values = run()
    except ImportError as missing:
        print(f"{name} left out: {missing}", file=sys.stderr)
        continue
    libraries[name] = {"version": version, "values": {key: plain(value) for key, value in values.items()}}
json.dump({"inputs": inputs, "libraries": libraries}, sys.stdout, indent=1)
print()
