#!/usr/bin/env python3
"""A GPT of Palette's sizes trained in PyTorch on the same tokens; prints one JSON line.

    policy_peer.py TOKENS.json EPOCHS BATCH THREADS DEVICE

Two layers of width 64, four heads, a soft token behind the first one; exact GELU, the words' vectors as head; nats
a token, Adam. Texts of a step are filled up to the longest of it.
"""
import json
import statistics
import sys
import time

import torch
import torch.nn.functional as F

D, HEADS, LAYERS = 64, 4, 2


def drawn(*shape):
    return (torch.randn(*shape) * 0.06).requires_grad_()


def norm():
    return torch.ones(D, requires_grad=True), torch.zeros(D, requires_grad=True)


class Layer:
    def __init__(self):
        self.w = [drawn(3 * D, D), drawn(D, D), drawn(4 * D, D), drawn(D, 4 * D)]
        self.b = [torch.zeros(w.shape[0], requires_grad=True) for w in self.w]
        self.n1, self.n2 = norm(), norm()
        self.learned = [*self.w, *self.b, *self.n1, *self.n2]

    def __call__(self, x, future):
        n, t, _ = x.shape
        y = F.linear(F.layer_norm(x, (D,), *self.n1), self.w[0], self.b[0])
        q, k, v = (z.view(n, t, HEADS, -1).transpose(1, 2) for z in y.split(D, -1))
        scores = q @ k.transpose(2, 3) / (D / HEADS) ** 0.5 + future
        read = (scores.softmax(-1) @ v).transpose(1, 2).reshape(n, t, D)
        x = x + F.linear(read, self.w[1], self.b[1])
        y = F.layer_norm(x, (D,), *self.n2)
        return x + F.linear(F.gelu(F.linear(y, self.w[2], self.b[2])), self.w[3], self.b[3])


def main():
    epochs, batch, threads = (int(a) for a in sys.argv[2:5])
    torch.set_num_threads(threads)
    if sys.argv[5] != "cpu":  # PyTorch before 2 has no default
        torch.set_default_device(sys.argv[5])
    torch.manual_seed(1)
    with open(sys.argv[1]) as file:
        data = json.load(file)
    texts = [torch.tensor(t) for t in data["texts"]]
    longest = max(len(t) for t in texts)
    words, positions, voice = drawn(data["words"], D), drawn(longest + 1, D), drawn(1, D)
    layers, last = [Layer() for _ in range(LAYERS)], norm()
    learned = [words, positions, voice, *last] + [t for layer in layers for t in layer.learned]
    adam = torch.optim.Adam(learned, lr=1e-3)
    mean = statistics.mean(len(t) - 1 for t in texts)

    def step(rows):
        tokens = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=-1)
        n, t = tokens.shape
        x = words[tokens.clamp(min=0)]
        x = torch.cat([x[:, :1], voice.expand(n, 1, D), x[:, 1:]], 1) + positions[: t + 1]
        future = torch.full((t + 1, t + 1), -1e9).triu(1)
        for layer in layers:
            x = layer(x, future)
        x = F.layer_norm(x[:, 1:-1], (D,), *last)
        loss = F.cross_entropy((x @ words.T).reshape(n * (t - 1), -1), tokens[:, 1:].reshape(-1), ignore_index=-1,
                               reduction="sum") / n / mean
        adam.zero_grad(set_to_none=True)
        loss.backward()
        adam.step()
        return loss.item()

    seconds = []
    for _ in range(epochs):
        order = torch.randperm(len(texts), device="cpu").tolist()
        began = time.perf_counter()
        losses = [step([texts[i] for i in order[at:at + batch]]) for at in range(0, len(texts), batch)]
        seconds.append(time.perf_counter() - began)
    print(json.dumps({"seconds": statistics.median(seconds[1:]), "loss": statistics.mean(losses),
                      "versions": torch.__version__}))


main()
