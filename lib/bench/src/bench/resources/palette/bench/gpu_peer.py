#!/usr/bin/env python3
"""PAL-B in PyTorch on any device, from vectors and a start that Palette wrote; prints one JSON line.

    gpu_peer.py DATA_DIR --device cuda --style eager|compile --precision float32|tf32|bfloat16
                --rows N --inputs D --hidden H --latent d --prototypes K --batch B [--epochs E]

reward = min(exp(s), 100) f(item) . sum_k w_k g_k(prompt), f and g_k Linear-GELU-Linear to unit length,
logistic loss, Adam (1e-3, users 1e-2). Row i asks prompt i about items 2i (chosen) and 2i+1, all modulo
what the tables hold; batches in that order. tf32 also rounds what autograd multiplies; bfloat16 is autocast, which keeps more than products
in it.
"""
import argparse
import json
import statistics
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F


def arguments():
    p = argparse.ArgumentParser()
    p.add_argument("data_dir", type=Path)
    p.add_argument("--device", default="cuda")
    p.add_argument("--style", choices=["eager", "compile"], default="eager")
    p.add_argument("--precision", choices=["float32", "tf32", "bfloat16"], default="float32")
    for name in ("rows", "inputs", "hidden", "latent", "prototypes", "batch"):
        p.add_argument("--" + name, type=int, required=True)
    p.add_argument("--epochs", type=int, default=3, help="the first is not timed")
    return p.parse_args()


class Model:
    def __init__(self, a):
        def load(name, *shape):
            values = np.fromfile(a.data_dir / f"{name}.f32", dtype="<f4").reshape(shape)
            return torch.from_numpy(values).to(a.device)
        leaf = lambda *of: load(*of).requires_grad_()
        h, d, k = a.hidden, a.latent, a.prototypes
        self.k = k
        self.items, self.prompts = load("items", -1, a.inputs), load("prompts", -1, a.inputs)
        self.f1, self.f1b = leaf("f.1.weight", h, a.inputs), leaf("f.1.bias", h)
        self.f2, self.f2b = leaf("f.2.weight", d, h), leaf("f.2.bias", d)
        self.g1, self.g1b = leaf("heads.1.weight", k * h, a.inputs), leaf("heads.1.bias", k * h)
        self.g2, self.g2b = leaf("heads.2.weight", k, h, d), leaf("heads.2.bias", k, 1, d)
        self.scale, self.users = leaf("scale", 1), leaf("users.offset", -1, k)
        self.rows = torch.arange(a.rows, device=a.device)

    def groups(self):
        maps = [self.f1, self.f1b, self.f2, self.f2b, self.g1, self.g1b, self.g2, self.g2b, self.scale]
        return [{"params": maps, "lr": 1e-3}, {"params": [self.users], "lr": 1e-2}]

    def loss(self, rows):
        n = len(rows)
        at = rows % len(self.prompts)
        x = self.items.index_select(0, torch.cat([2 * at, 2 * at + 1]))
        f = F.linear(F.gelu(F.linear(x, self.f1, self.f1b)), self.f2, self.f2b)
        f = F.normalize(f, dim=-1)
        h = F.gelu(F.linear(self.prompts.index_select(0, at), self.g1, self.g1b))
        h = h.view(n, self.k, -1).transpose(0, 1)
        g = F.normalize(torch.baddbmm(self.g2b, h, self.g2), dim=-1)
        w = torch.softmax(self.users.index_select(0, rows % len(self.users)), -1)
        z = (w.t().unsqueeze(-1) * g).sum(0)
        margins = self.scale.exp().clamp(max=100) * ((f[:n] - f[n:]) * z).sum(-1)
        return F.softplus(-margins).mean()


def main():
    a = arguments()
    torch.backends.cuda.matmul.allow_tf32 = a.precision == "tf32"
    model = Model(a)
    loss_of = torch.compile(model.loss) if a.style == "compile" else model.loss
    kind, reduced = a.device.split(":")[0], a.precision == "bfloat16"
    adam = torch.optim.Adam(model.groups())
    wait = torch.cuda.synchronize if a.device.startswith("cuda") else lambda: None
    seconds, losses = [], []
    for _ in range(a.epochs):
        wait()
        began, total = time.perf_counter(), 0.0
        for rows in model.rows.split(a.batch):
            with torch.autocast(kind, dtype=torch.bfloat16, enabled=reduced):
                loss = loss_of(rows)
            adam.zero_grad(set_to_none=True)
            loss.backward()
            adam.step()
            total += loss.detach() * (len(rows) / a.rows)  # as Palette, nobody waits for it
        losses.append(float(total))
        wait()
        seconds.append(time.perf_counter() - began)
    device = torch.cuda.get_device_name() if a.device.startswith("cuda") else "cpu"
    print(json.dumps({"epoch_seconds": statistics.median(seconds[1:]), "losses": losses,
                      "torch": torch.__version__, "device": device}))


main()
