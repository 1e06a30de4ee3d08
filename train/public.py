"""Training groups from the public sets: a question, a window with the answer, a window without.

    python public.py SHARED OUT.pkl

reads SHARED/train/*.jsonl.gz and SHARED/eval/open/*.jsonl, of which only the sets that may be passed on are used.
"""

import collections
import gzip
import json
import os
import pickle
import re
import sys

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from text import WINDOW, Pieces, Window, build, question_ids, seeded, typed

# How many questions of each set. Sets for research only (newsqa, abgcoqa, wikiqa, policyqa, subjqa, polnear) are not here.
QUESTIONS = dict(
    reddit=2600, amazon=2600, new_wiki=2600, qamr=1500, selqa=1500, covidqa=600,
    squad11=2400, squad20=3400, nqqed=600, inscit=250,
)  # fmt: skip
HELD = 5  # every fifth article of the sets that are also evaluated on is left out

ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|vs|etc|e\.g|i\.e|Inc|Ltd|Co|No|Gen|Col|Capt|Sen|Gov|Mt|Fig|U\.S|U\.K|a\.m|p\.m)\.|\b[A-Z]\.)$"
)
ENDING = re.compile(r"[.!?…]+[\"'”’)\]]*(\s+)(?=[\"'“‘(\[]?[A-Z0-9])")


def sentences(paragraph):
    """Start and end of the sentences of a paragraph, in characters."""
    spans, begin = [], 0
    for m in ENDING.finditer(paragraph):
        if not ABBREVIATION.search(paragraph[begin : m.start(1)]):
            spans.append((begin, m.start(1)))
            begin = m.end()
    if paragraph[begin:].strip():
        spans.append((begin, len(paragraph)))
    return spans


class Document:
    """An article in sentences, with windows of them."""

    def __init__(self, article, pieces):
        self.title = article.get("title") or ""
        self.units = []  # (paragraph, start, end, text)
        for i, paragraph in enumerate(article["paragraphs"]):
            given = article.get("sentences") or []
            for start, end in given[i] if i < len(given) else sentences(paragraph):
                self.units.append((i, start, end, paragraph[start:end]))
        self.sizes = [min(len(pieces.ids(u[3])), 100) + 1 for u in self.units]
        self.windows, at = [], 0
        while at < len(self.units):
            self.windows.append((at, self.fill(at)))
            at = self.windows[-1][1]

    def fill(self, begin):
        end, size = begin, 0
        while end < len(self.units) and (end == begin or size + self.sizes[end] <= WINDOW):
            size += self.sizes[end]
            end += 1
        return end

    def around(self, unit, rng):
        """A window at random that holds a unit."""
        begin, size = unit, self.sizes[unit]
        while begin > 0 and size + self.sizes[begin - 1] <= WINDOW * rng.random() ** 0.5:
            begin -= 1
            size += self.sizes[begin]
        end = self.fill(begin)
        return (begin, end) if unit < end else (unit, unit + 1)

    def gold(self, turn):
        """The units that answer a turn, each with the characters of it that do, or None."""
        found = {}
        for a in turn["answers"]:
            for u, (paragraph, start, end, _) in enumerate(self.units):
                if paragraph == a["paragraph"] and start <= a["start"] < end:
                    first, last = a["start"] - start, min(a["end"], end) - start
                    found.setdefault(u, (first, last) if last - first < 0.8 * (end - start) else None)
                    break
        return found


def load(path):
    with gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def groups(name, path, pieces, rng):
    articles = load(path)
    if "eval" in path:
        articles = [a for i, a in enumerate(articles) if i % HELD]
    documents = [Document(a, pieces) for a in articles]
    windows = [(k, w) for k, d in enumerate(documents) for w in d.windows]
    firsts = np.cumsum([0] + [len(d.windows) for d in documents])
    vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english")
    matrix = vectors.fit_transform(" ".join(documents[k].units[u][3] for u in range(*w)) for k, w in windows)

    turns = [(k, dialog["turns"], t) for k, a in enumerate(articles) for dialog in a["dialogs"] for t in range(len(dialog["turns"]))]
    rng.shuffle(turns)
    near = collections.defaultdict(list)  # questions about the same paragraph, as questions before
    for k, a in enumerate(articles):
        for dialog in a["dialogs"]:
            for turn in dialog["turns"]:
                if turn["answers"]:
                    near[k, turn["answers"][0]["paragraph"]].append(turn)

    made = []
    for k, dialog, t in turns[: QUESTIONS[name]]:
        turn, document = dialog[t], documents[k]
        gold = document.gold(turn)
        if turn["answerable"] != bool(gold):
            continue
        scores = np.asarray((matrix @ vectors.transform([turn["question"]]).T).todense()).ravel()
        own = list(range(firsts[k], firsts[k + 1]))
        rivals = own if len(own) >= 4 and rng.random() < 0.75 else np.argsort(-scores)[:12]
        rivals = [windows[i] for i in sorted(rivals, key=lambda i: -scores[i])[:5]]
        rivals = [(r, w) for r, w in rivals if not (r == k and any(w[0] <= u < w[1] for u in gold))]
        if name == "qamr":
            rivals = [r for r in rivals if r[0] != k]

        read = []
        if gold:
            if rng.random() > 0.08:
                read.append((k, document.around(rng.choice(list(gold)), rng)))
        else:
            read.append((k, document.windows[0]) if len(own) < 4 or not rivals else rng.choice(rivals[:2]))
        if rivals and (rng.random() < 0.65 or not read):
            read.append(rng.choice(rivals[:3]))
        if not read:
            continue

        before, shown = "", None
        if t > 0:
            before, shown = dialog[t - 1]["question"], document.gold(dialog[t - 1])
        elif rng.random() < 0.15 and turn["answers"]:
            others = [x for x in near[k, turn["answers"][0]["paragraph"]] if x["question"] != turn["question"]]
            if others:
                other = rng.choice(others)
                before, shown = other["question"], document.gold(other)
        shown = min(shown) if shown and rng.random() < 0.8 else None
        question = question_ids(pieces, typed(turn["question"], rng), typed(before, rng) if before else "",
                                document.units[shown][3] if shown is not None else "")  # fmt: skip
        inputs = []
        for r, (begin, end) in read:
            d = documents[r]
            right = [r == k and u in gold for u in range(begin, end)]
            span = next(((u - begin, *gold[u]) for u in range(begin, end) if r == k and gold.get(u)), None)
            heading = d.title if len(d.title) < 80 and rng.random() < 0.75 else ""
            at = shown - begin if shown is not None and r == k and begin <= shown < end else -1
            window = Window(heading, [d.units[u][3] for u in range(begin, end)], right, span, at)
            inputs.append(build(pieces, question, window))
        made.append((name, inputs))
    print(name, len(made), "groups,", sum(len(w.ids) for _, g in made for w in g), "pieces", flush=True)
    return made


def main(shared, out):
    pieces, rng = Pieces(), seeded(7)
    made = []
    for name in QUESTIONS:
        for path in (f"{shared}/train/{name}.jsonl.gz", f"{shared}/eval/open/{name}.jsonl"):
            if os.path.exists(path):
                made += groups(name, path, pieces, rng)
    rng.shuffle(made)
    print("together", len(made), "groups,", sum(len(w.ids) for _, g in made for w in g), "pieces")
    with open(out, "wb") as f:
        pickle.dump(made, f)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
