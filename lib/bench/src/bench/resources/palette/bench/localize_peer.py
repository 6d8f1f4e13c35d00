#!/usr/bin/env python3
"""Places users by gradient descent on logits, in PyTorch; prints one JSON line.

    localize_peer.py MARGINS --answers N --prototypes K --users U --steps S

MARGINS has 64-bit floats [users][answers][K]: by how much each prototype prefers what was chosen.
A user minimises sum_j log(1 + exp(-m_j . w)) over w = softmax(z), z from zero, by Adam (rate 0.1,
the peers' of ../shared/bench), S steps of one thread in double precision, as Palette's solver has it.

alone     one user after another, as somebody who places newcomers would
together  all users in one tensor: a step serves everybody, as nobody who comes alone could use

The gap is max_k grad . (w - e_k), which bounds how far the loss lies above the least possible.
"""
import argparse
import json
import os
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402
import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402


def arguments():
    p = argparse.ArgumentParser()
    p.add_argument("margins")
    p.add_argument("--answers", type=int, default=20)
    p.add_argument("--prototypes", type=int, default=3)
    p.add_argument("--users", type=int, default=50, help="that are placed one by one")
    p.add_argument("--steps", type=int, default=300)
    return p.parse_args()


def place(margins, steps):
    """margins [users][answers][K]; the weights [users][K]."""
    z = torch.zeros(len(margins), margins.shape[2], dtype=torch.float64, requires_grad=True)
    adam = torch.optim.Adam([z], lr=0.1)
    for _ in range(steps):
        adam.zero_grad(set_to_none=True)
        m = torch.bmm(margins, torch.softmax(z, 1).unsqueeze(2))
        F.softplus(-m).sum().backward()
        adam.step()
    return torch.softmax(z.detach(), 1)


def gaps(margins, w):
    m = torch.bmm(margins, w.unsqueeze(2)).squeeze(2)
    slope = -(torch.sigmoid(-m).unsqueeze(2) * margins).sum(1)
    return (slope * w).sum(1) - slope.min(1).values


def main():
    args = arguments()
    torch.set_num_threads(1)
    margins = np.fromfile(args.margins).reshape(-1, args.answers, args.prototypes)
    margins = torch.from_numpy(margins)
    place(margins[:1], 20)  # warm
    began = time.perf_counter()
    alone = torch.cat([place(margins[u:u + 1], args.steps) for u in range(args.users)])
    seconds = (time.perf_counter() - began) / args.users
    began = time.perf_counter()
    together = place(margins, args.steps)
    batched = (time.perf_counter() - began) / len(margins)
    gap = gaps(margins[:args.users], alone)
    print(json.dumps({
        "seconds": seconds, "gap_median": gap.median().item(), "gap_max": gap.max().item(),
        "batched_seconds": batched, "batched_gap_max": gaps(margins, together).max().item(),
        "torch": torch.__version__,
    }))


main()
