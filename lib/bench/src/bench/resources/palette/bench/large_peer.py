#!/usr/bin/env python3
"""A BERT of MiniLM's sizes trained in PyTorch by pairs of texts of one length; prints one JSON line.

    large_peer.py --last N|0 --rank R|0 --pairs 16 --tokens 128 --steps 6 --threads 2 --device cpu

Six layers of 384 and 1,536, 12 heads; mean over tokens, length 1; 256 hidden units to 64 dimensions, two
directions, ten users' mixes of them; logistic loss, AdamW. Layers below those that learn run once before the
time is taken, as Palette does. Numbers are drawn.
"""
import argparse
import json
import statistics
import time

import torch
import torch.nn.functional as F

D, WIDE, HEADS, LAYERS, WORDS = 384, 1536, 12, 6, 30522


def arguments():
    p = argparse.ArgumentParser()
    for name, default in [("last", 0), ("rank", 0), ("pairs", 16), ("tokens", 128), ("steps", 6), ("threads", 2)]:
        p.add_argument("--" + name, type=int, default=default)
    p.add_argument("--device", default="cpu")
    return p.parse_args()


def drawn(*shape, scale=0.02):
    return torch.randn(*shape) * scale


class Layer:
    def __init__(self, learns, rank):
        self.w = {n: drawn(D, D) for n in "qkvo"}
        self.w |= {"up": drawn(WIDE, D), "down": drawn(D, WIDE)}
        self.b = {n: torch.zeros(w.shape[0]) for n, w in self.w.items()}
        self.norm = [torch.ones(D), torch.zeros(D), torch.ones(D), torch.zeros(D)]
        self.low = {n: (drawn(rank, D), torch.zeros(D, rank)) for n in "qv"} if rank else {}
        whole = [*self.w.values(), *self.b.values(), *self.norm]
        self.learned = [t for pair in self.low.values() for t in pair] if rank else whole if learns else []
        for t in self.learned:
            t.requires_grad_()

    def linear(self, name, x):
        w = self.w[name]
        if name in self.low:
            a, b = self.low[name]
            w = w + b @ a
        return F.linear(x, w, self.b[name])

    def __call__(self, x):
        n, t, _ = x.shape
        q, k, v = (self.linear(c, x).view(n, t, HEADS, -1).transpose(1, 2) for c in "qkv")
        scores = q @ k.transpose(2, 3) / (D / HEADS) ** 0.5
        read = (scores.softmax(-1) @ v).transpose(1, 2).reshape(n, t, D)
        y = F.layer_norm(x + self.linear("o", read), (D,), *self.norm[:2], 1e-12)
        z = self.linear("down", F.gelu(self.linear("up", y)))
        return F.layer_norm(y + z, (D,), *self.norm[2:], 1e-12)


def main():
    a = arguments()
    torch.set_num_threads(a.threads)
    if a.device != "cpu":  # PyTorch before 2 has no default
        torch.set_default_device(a.device)
    torch.manual_seed(1)
    lowest = LAYERS - a.last if a.last else 0
    layers = [Layer(l >= lowest, a.rank) for l in range(LAYERS)]
    words, positions = drawn(WORDS, D), drawn(a.tokens, D)
    up, down = drawn(256, D, scale=0.05).requires_grad_(), drawn(64, 256, scale=0.05).requires_grad_()
    directions = drawn(2, 64).requires_grad_()
    users = drawn(10, 2).requires_grad_()
    learned = [t for layer in layers for t in layer.learned] + [up, down, directions, users]
    adam = torch.optim.AdamW(learned, lr=5e-5, weight_decay=0.01)

    def still():
        ids = torch.randint(WORDS, (2 * a.pairs, a.tokens))
        with torch.no_grad():
            x = F.layer_norm(words[ids] + positions, (D,))
            for layer in layers[:lowest]:
                x = layer(x)
        return x

    seconds = []
    for step in range(a.steps + 1):
        x = still()
        began = time.perf_counter()
        for layer in layers[lowest:]:
            x = layer(x)
        v = F.normalize(x.mean(1), dim=1)
        f = F.normalize(F.linear(F.gelu(F.linear(v, up)), down), dim=1)
        rewards = f @ F.normalize(directions, dim=1).T
        w = users[torch.arange(a.pairs) % 10].softmax(1)
        margins = ((rewards[: a.pairs] - rewards[a.pairs :]) * w).sum(1)
        loss = F.softplus(-margins).mean()
        adam.zero_grad()
        loss.backward()
        adam.step()
        loss.item()  # waits for a GPU
        seconds.append(time.perf_counter() - began)
    print(json.dumps({"step_seconds": statistics.median(seconds[1:]), "loss": loss.item(),
                      "versions": torch.__version__}))


main()
