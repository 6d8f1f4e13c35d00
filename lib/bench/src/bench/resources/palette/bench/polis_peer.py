#!/usr/bin/env python3
"""PAL-A with a 2-layer f on few items and many pairs, in PyTorch; prints one JSON line.

    polis_peer.py DATA_DIR --make                     writes the data, once
    polis_peer.py DATA_DIR --style distances|views [--threads T] [--batch N] [--epochs E]

reward(user, item) = -|f(item) - sum_k w_k f(p_k)|^2, w = softmax(table[user]), logistic loss, Adam.
f runs once a batch over all items, since a batch has more rows than there are items.

distances   the distances of every row to the ideal point, as the papers and their code write it.
views       |a|^2 stands on both sides of a comparison, so a margin is w . (R[chosen] - R[rejected])
            with R = 2 f(x) f(p)' - |f(x)|^2: what Palette does, too.
"""
import argparse
import json
import os
import statistics
import time
from pathlib import Path

ITEMS, USERS, PAIRS, D, H, LATENT, K = 900, 2000, 4_000_000, 384, 256, 64, 4


def arguments():
    p = argparse.ArgumentParser()
    p.add_argument("data_dir")
    p.add_argument("--make", action="store_true")
    p.add_argument("--style", choices=["distances", "views"], default="distances")
    p.add_argument("--threads", type=int, default=os.cpu_count())
    p.add_argument("--batch", type=int, default=65_536)
    p.add_argument("--epochs", type=int, default=3, help="the first is not timed")
    return p.parse_args()


# The BLAS reads it when it is loaded.
ARGS = arguments()
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = str(ARGS.threads)

import numpy as np  # noqa: E402
import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402


def make(folder):
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(0)
    x = random.standard_normal((ITEMS, D)).astype(np.float32)
    x /= np.linalg.norm(x, axis=1, keepdims=True)
    user = random.integers(0, USERS, PAIRS).astype(np.int32)
    left = random.integers(0, ITEMS, PAIRS).astype(np.int32)
    right = ((left + random.integers(1, ITEMS, PAIRS)) % ITEMS).astype(np.int32)
    taste = random.standard_normal((K, D)).astype(np.float32)
    weights = random.dirichlet(np.full(K, 0.5), USERS).astype(np.float32)
    score = (x @ taste.T)  # [items][K]
    gap = (weights[user] * (score[left] - score[right])).sum(1)
    wins = random.random(PAIRS) < 1 / (1 + np.exp(-2 * gap))
    bound = lambda fan, *shape: random.uniform(-fan**-0.5, fan**-0.5, shape).astype(np.float32)
    arrays = {
        "items": x, "user": user,
        "chosen": np.where(wins, left, right), "rejected": np.where(wins, right, left),
        "f1": bound(D, H, D), "f2": bound(H, LATENT, H),
        "prototypes": 0.1 * random.standard_normal((K, D)).astype(np.float32),
        "users": 0.1 * random.standard_normal((USERS, K)).astype(np.float32),
    }
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)


class Model:
    def __init__(self, folder, style):
        load = lambda name: torch.from_numpy(np.load(folder / f"{name}.npy"))
        self.style = style
        self.x = load("items")
        self.rows = [load(name).long() for name in ("user", "chosen", "rejected")]
        leaf = lambda t: t.clone().requires_grad_()
        self.f1, self.f2 = leaf(load("f1")), leaf(load("f2"))
        self.b1, self.b2 = leaf(torch.zeros(H)), leaf(torch.zeros(LATENT))
        self.p, self.z = leaf(load("prototypes")), leaf(load("users"))

    def f(self, x):
        return F.linear(F.gelu(F.linear(x, self.f1, self.b1)), self.f2, self.b2)

    def loss(self, user, chosen, rejected):
        u, q = self.f(self.x), self.f(self.p)
        w = torch.softmax(self.z, 1)[user]
        if self.style == "views":
            r = 2 * u @ q.T - u.square().sum(1, keepdim=True)
            m = (w * (r[chosen] - r[rejected])).sum(1)
        else:
            a = w @ q
            m = (u[rejected] - a).square().sum(1) - (u[chosen] - a).square().sum(1)
        return F.softplus(-m).mean()


def main():
    folder = Path(ARGS.data_dir)
    if ARGS.make:
        return make(folder)
    torch.set_num_threads(ARGS.threads)
    model = Model(folder, ARGS.style)
    adam = torch.optim.Adam([
        {"params": [model.f1, model.b1, model.f2, model.b2, model.p], "lr": 1e-3},
        {"params": [model.z], "lr": 1e-2},
    ])
    seconds, n = [], len(model.rows[0])
    for _ in range(ARGS.epochs):
        began = time.perf_counter()
        for start in range(0, n, ARGS.batch):
            adam.zero_grad()
            model.loss(*(column[start:start + ARGS.batch] for column in model.rows)).backward()
            adam.step()
        seconds.append(time.perf_counter() - began)
    with torch.no_grad():
        parts = [model.loss(*(column[i:i + 500_000] for column in model.rows)).item()
                 for i in range(0, n, 500_000)]
        loss = statistics.mean(parts)
    print(json.dumps({"epoch_seconds": statistics.median(seconds[1:]), "train_loss": loss}))


main()
