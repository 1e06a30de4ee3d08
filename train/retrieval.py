"""Train the encoder to put a question near the windows that answer it.

    python retrieval.py SHARED OUT.pt [--share .6] [--rate 3e-5]

A batch is some articles, with some of their windows and the questions that these answer: every other window of the batch is one
that does not answer, most of them of the same article (in-batch negatives, after Karpukhin et al., Dense Passage Retrieval, 2020).
"""

import argparse
import os
import time

import torch

from encoder import Encoder
from register import load, said
from text import Pieces, seeded, typed

ARTICLES, WINDOWS = 5, 8  # in a batch, and of each
TEMPERATURE = 0.05
WARM_UP = 0.1


def examples(articles, rng):
    """For each article its windows' texts, and questions with the numbers of the windows that answer."""
    made = []
    for _, article, dialogs in articles:
        asked = []
        for dialog in dialogs:
            before = ""
            for question, answerable, lines in dialog:
                gold = article.gold(lines) if answerable else {}
                right = [i for i, own in enumerate(article.own) if any(p in own for p in gold)]
                if right:
                    asked.append((before, question, right))
                before = said(before, question)
        rng.shuffle(asked)
        made.append((article.texts, asked))
    return made


def batches(articles, rng):
    """Lists of (texts, questions with the positions of right texts)."""
    parts = []
    for texts, asked in articles:
        windows = list(range(len(texts)))
        rng.shuffle(windows)
        for i in range(0, len(windows), WINDOWS):
            chosen = windows[i : i + WINDOWS]
            fitting = [(b, q, [chosen.index(r) for r in right if r in chosen]) for b, q, right in asked if any(r in chosen for r in right)]
            if fitting:
                parts.append(([texts[w] for w in chosen], fitting[: 3 * WINDOWS]))
    rng.shuffle(parts)
    for i in range(0, len(parts), ARTICLES):
        texts, questions = [], []
        for own, asked in parts[i : i + ARTICLES]:
            questions += [(b, q, [len(texts) + r for r in right]) for b, q, right in asked]
            texts += own
        yield texts, questions


def main():
    p = argparse.ArgumentParser()
    p.add_argument("shared")
    p.add_argument("out")
    p.add_argument("--share", type=float, default=1, help="how many of the batches")
    p.add_argument("--rate", type=float, default=3e-5)
    p.add_argument("--steps", type=int, default=0, help="end after so many")
    p.add_argument("--threads", type=int, default=2)
    a = p.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(a.threads)
    rng = seeded(3)
    pieces = Pieces()
    encoder = Encoder(pieces)
    encoder.bert.train()
    todo = list(batches(examples(load(a.shared), rng), rng))
    todo = todo[: int(len(todo) * a.share)]
    if a.steps:
        todo = todo[: a.steps]
    trained = [q for q in encoder.bert.parameters() if q.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=a.rate, weight_decay=0.01, fused=True)
    print("steps", len(todo), flush=True)
    began, total, right, asked = time.time(), 0.0, 0, 0
    for step, (texts, questions) in enumerate(todo):
        for group in optimizer.param_groups:
            group["lr"] = a.rate * min(1, (step + 1) / max(1, WARM_UP * len(todo))) * max(0.02, 1 - step / len(todo))
        windows = encoder.vectors(texts)
        wanted = encoder.vectors([(typed(b, rng) + " " + typed(q, rng)).strip() for b, q, _ in questions])
        likeness = torch.log_softmax(wanted @ windows.T / TEMPERATURE, dim=1)
        losses = [-torch.logsumexp(likeness[i, r], 0) for i, (_, _, r) in enumerate(questions)]
        loss = torch.stack(losses).mean()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        total += loss.item() * len(questions)
        right += sum(int(likeness[i].argmax()) in r for i, (_, _, r) in enumerate(questions))
        asked += len(questions)
        if step % 20 == 19 or step + 1 == len(todo):
            print(f"{step + 1} {time.time() - began:.0f}s loss {total / asked:.3f} right {right / asked:.3f}", flush=True)
            total, right, asked = 0.0, 0, 0
    state = {k: v for k, v in encoder.bert.state_dict().items() if "word_embeddings" not in k}
    torch.save(state, a.out + ".part")
    os.replace(a.out + ".part", a.out)


if __name__ == "__main__":
    main()
