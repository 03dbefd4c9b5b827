"""The twin of worker.ts for NumPy, SciPy and PyTorch: `worker.py NAME THREADS`, requests and answers as there."""

import json
import sys
import time

import numpy as np

name, threads = sys.argv[1], int(sys.argv[2])
if name == "torch":
    import torch
    import torch.nn.functional as F

    torch.set_num_threads(threads)
    version = torch.__version__
elif name == "scipy":
    import scipy
    from scipy import special

    version = scipy.__version__
else:
    version = np.__version__


def rows_of(work, z, y, p, q):
    """For each row a call that returns a number."""
    op, B = work["operation"], work["B"]
    if name == "torch":
        z, p, q = torch.from_numpy(z), torch.from_numpy(p), torch.from_numpy(q)
        classes = torch.from_numpy(y.astype(np.int64))

        def gradient(b):
            x = z[b].requires_grad_(True)
            loss = F.cross_entropy(x, classes[b])
            loss.backward()
            return loss.detach()

        table = {
            "log-softmax": lambda b: F.log_softmax(z[b], -1)[y[b]],
            "loss": lambda b: F.cross_entropy(z[b], classes[b]),
            "loss + gradient": gradient,
            "entropy": lambda b: torch.special.entr(p[b]).sum(),
            "KL divergence": lambda b: F.kl_div(q[b].log(), p[b], reduction="sum"),
        }
    elif name == "scipy":

        def gradient(b):
            g = special.softmax(z[b])
            g[y[b]] -= 1
            return special.logsumexp(z[b]) - z[b][y[b]]

        table = {
            "log-softmax": lambda b: special.log_softmax(z[b])[y[b]],
            "loss": lambda b: -special.log_softmax(z[b])[y[b]],
            "loss + gradient": gradient,
            "entropy": lambda b: special.entr(p[b]).sum(),
            "KL divergence": lambda b: special.rel_entr(p[b], q[b]).sum(),
        }
    else:

        def shifted(b):
            d = z[b] - z[b].max()
            e = np.exp(d)
            return d, e, e.sum()

        def log_softmax(b):
            d, _, s = shifted(b)
            return (d - np.log(s))[y[b]]

        def loss(b):
            d, _, s = shifted(b)
            return np.log(s) - d[y[b]]

        def gradient(b):
            d, e, s = shifted(b)
            e /= s
            e[y[b]] -= 1
            return np.log(s) - d[y[b]]

        table = {
            "log-softmax": log_softmax,
            "loss": loss,
            "loss + gradient": gradient,
            "entropy": lambda b: -(p[b] * np.log(p[b])).sum(),
            "KL divergence": lambda b: (p[b] * np.log(p[b] / q[b])).sum(),
        }
    call, total = table[op], [0.0]
    sign = -1 if op == "log-softmax" else 1

    def run():
        total[0] = 0.0
        for b in range(B):
            total[0] += call(b)

    return run, lambda: (sign * float(total[0]) / B, None)


def batch_of(work, z, y):
    """The call and how to read its results: (loss, array)."""
    op, B = work["operation"], work["B"]
    got = {"loss": None, "out": None}
    if name == "torch":
        classes = torch.from_numpy(y.astype(np.int64))
        x = torch.from_numpy(z)
        if op == "loss + gradient":
            x.requires_grad_(True)

        def run():
            if op == "loss + gradient":
                x.grad = None
                loss = F.cross_entropy(x, classes)
                loss.backward()
                got["loss"], got["out"] = loss.detach(), x.grad
            else:
                with torch.inference_mode():
                    if op == "loss":
                        got["loss"] = F.cross_entropy(x, classes)
                    else:
                        got["out"] = torch.log_softmax(x, -1)

        return run, lambda: (
            None if got["loss"] is None else got["loss"].item(),
            None if got["out"] is None else got["out"].numpy(),
        )
    index = np.arange(B)

    def run_scipy():
        if op == "log-softmax":
            got["out"] = special.log_softmax(z, axis=1)
            return
        got["loss"] = float((special.logsumexp(z, axis=1) - z[index, y]).mean())
        if op == "loss + gradient":
            g = special.softmax(z, axis=1)
            g[index, y] -= 1
            g /= B
            got["out"] = g

    def run_numpy():
        d = z - z.max(axis=1, keepdims=True)
        at_class = d[index, y]
        if op == "log-softmax":
            d -= np.log(np.exp(d).sum(axis=1, keepdims=True))
            got["out"] = d
            return
        np.exp(d, out=d)
        s = d.sum(axis=1, keepdims=True)
        got["loss"] = float((np.log(s[:, 0]) - at_class).mean())
        if op == "loss + gradient":
            d /= s * B
            d[index, y] -= 1 / B
            got["out"] = d

    return (run_scipy if name == "scipy" else run_numpy), lambda: (got["loss"], got["out"])


def status(key):
    try:
        with open("/proc/self/status") as file:
            return next(1024 * int(line.split()[1]) for line in file if line.startswith(key))
    except OSError:
        return None


def once(run):
    started = time.perf_counter()
    run()
    return (time.perf_counter() - started) * 1e3


inputs = {}
job = None


def prepare(work, folder):
    global job
    job = None
    key = (folder, work["kind"])
    if inputs.get("key") != key:
        inputs.clear()
        z = np.fromfile(f"{folder}/z", np.float32).astype(work["kind"], copy=False).reshape(work["B"], work["V"])
        inputs.update(key=key, z=z, y=np.fromfile(f"{folder}/y", np.int32))
        if work["single"]:
            for side in "pq":
                inputs[side] = np.fromfile(f"{folder}/{side}", np.float64).reshape(z.shape)
    z, y = inputs["z"], inputs["y"]
    job, values = rows_of(work, z, y, inputs["p"], inputs["q"]) if work["single"] else batch_of(work, z, y)
    try:
        with open("/proc/self/clear_refs", "w") as file:
            file.write("5")
    except OSError:
        pass
    before = status("VmRSS")
    first = once(job)
    loss, out = values()
    sample = None
    if out is not None:
        B, V = work["B"], work["V"]
        flat = out.reshape(-1)
        sample = []
        for b in dict.fromkeys([0, B >> 1, B - 1]):
            sample += [float(flat[b * V + k]) for k in range(0, V, max(1, V // 61))]
            sample.append(float(flat[b * V + int(y[b])]))
    later = once(job) if first < 1000 else first
    peak = status("VmHWM")
    memory = None if before is None or peak is None else peak - before
    return {"able": True, "loss": loss, "sample": sample, "first": first, "later": later, "memory": memory}


def timed(samples, inner, warm):
    if warm:
        job()
    times = []
    for _ in range(samples):
        started = time.perf_counter()
        for _ in range(inner):
            job()
        times.append((time.perf_counter() - started) * 1e3 / inner)
    return times


def answer(value):
    print(json.dumps(value), flush=True)


answer({"version": version})
for line in sys.stdin:
    request = json.loads(line)
    try:
        if "prepare" in request:
            answer(prepare(request["prepare"], request["folder"]))
        else:
            answer(timed(request["samples"], request["inner"], request["warm"]))
    except Exception as error:
        answer({"error": f"{type(error).__name__}: {error}"})
