"""Train the reader on groups.

python train.py --data A.pkl [B.pkl --mix .12] [--init X.pt] --out Y.pt --rate 1e-4
"""

import argparse
import os
import pickle
import time

import torch

from model import Reader, loss
from text import seeded

SPAN = 0.3  # weight of the spans' loss
WARM_UP = 0.06  # share of the steps


def batches(groups, size, rng):
    """The groups in random order, in batches of about size pieces with inputs of like length."""
    groups = rng.sample(groups, len(groups))
    made = []
    for i in range(0, len(groups), 2000):
        pool = sorted(groups[i : i + 2000], key=lambda g: max(len(w.ids) for w in g))
        batch, pieces, pooled = [], 0, []
        for g in pool:
            n = sum(len(w.ids) for w in g)
            if batch and pieces + n > size:
                pooled.append(batch)
                batch, pieces = [], 0
            batch.append(g)
            pieces += n
        pooled.append(batch)
        rng.shuffle(pooled)
        made += pooled
    return made


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", nargs="+", required=True, help="groups; those of the first file all, of the others a share")
    p.add_argument("--mix", type=float, default=0, help="how many of the other files' groups for each of the first's")
    p.add_argument("--share", type=float, default=1, help="how much of the first file's groups")
    p.add_argument("--passes", type=int, default=1)
    p.add_argument("--init")
    p.add_argument("--out", required=True)
    p.add_argument("--rate", type=float, default=1e-4)
    p.add_argument("--pieces", type=int, default=3200, help="in a batch")
    p.add_argument("--average", type=float, default=0, help="decay of the moving average of the weights a step, which is saved; 0: the last ones")
    p.add_argument("--steps", type=int, default=0, help="end after so many")
    p.add_argument("--minutes", type=float, default=0, help="end after so many; the rate sinks by the clock where that is faster than by the steps")
    p.add_argument("--threads", type=int, default=2)
    a = p.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(a.threads)
    rng = seeded(1)

    data = []
    for path in a.data:
        with open(path, "rb") as f:
            data.append([g for _, g in pickle.load(f)])
    first = data[0][: int(a.share * len(data[0]))]
    rest = [g for d in data[1:] for g in d]
    todo = []
    for _ in range(a.passes):
        todo += batches(first + rng.sample(rest, min(len(rest), int(a.mix * len(first)))), a.pieces, rng)
    if a.steps:
        todo = todo[: a.steps]

    reader = Reader()
    if a.init:
        reader.load_state_dict(torch.load(a.init), strict=False)
    reader.train()
    trained = [(n, q) for n, q in reader.named_parameters() if q.requires_grad]
    optimizer = torch.optim.AdamW(
        [dict(params=[q for _, q in trained if q.dim() > 1], weight_decay=0.01), dict(params=[q for _, q in trained if q.dim() <= 1], weight_decay=0)],
        lr=a.rate, fused=True,
    )  # fmt: skip
    mean = {n: q.detach().clone() for n, q in trained} if a.average else None

    def save():
        state = reader.state()
        if mean:
            state.update(mean)
        torch.save(state, a.out + ".part")
        os.replace(a.out + ".part", a.out)

    print("steps", len(todo), "pieces", sum(len(w.ids) for b in todo for g in b for w in g), flush=True)
    began = saved = time.time()
    total = dict(loss=0.0, span=0.0, right=0, groups=0, pieces=0)
    for step, batch in enumerate(todo):
        done = max(step / len(todo), (time.time() - began) / (60 * a.minutes) if a.minutes else 0)
        if done >= 1:
            break
        rate = a.rate * min(1, (step + 1) / max(1, WARM_UP * len(todo))) * max(0.02, 1 - done)
        for group in optimizer.param_groups:
            group["lr"] = rate
        scores, spans, right = loss(reader, batch)
        (scores + SPAN * spans).backward()
        torch.nn.utils.clip_grad_norm_([q for _, q in trained], 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        if mean:
            decay = min(a.average, step / (step + 10))
            with torch.no_grad():
                for n, q in trained:
                    mean[n].lerp_(q, 1 - decay)
        n = len(batch)
        for key, value in dict(loss=scores.item() * n, span=spans.item() * n, right=right, groups=n, pieces=sum(len(w.ids) for g in batch for w in g)).items():
            total[key] += value
        if step % 50 == 49 or step + 1 == len(todo):
            g = total["groups"]
            print(f"{step + 1} {time.time() - began:.0f}s loss {total['loss'] / g:.3f} span {total['span'] / g:.3f} right {total['right'] / g:.3f} pieces {total['pieces']}", flush=True)
            total.update(loss=0.0, span=0.0, right=0, groups=0)
        if time.time() - saved > 300:
            save()
            saved = time.time()
    save()
    print(f"done in {time.time() - began:.0f}s")


if __name__ == "__main__":
    main()
