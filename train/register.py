"""Training groups from questions as people ask them: windows with the answer, and those that are easily taken for it.

    python register.py SHARED OUT.pkl [--encoder X.pt] [--rounds 1]

reads SHARED/train/register. The windows are those of the program: `go run ./train/windows` prints them.
"""

import argparse
import collections
import glob
import itertools
import json
import math
import os
import pickle
import re
import subprocess
from dataclasses import dataclass

import torch

from encoder import Encoder
from text import Pieces, Window, build, question_ids, seeded, typed

DOUBTFUL = re.compile(r"re-checked|no licence")  # articles whose licence somebody doubts are not trained on
BORROWED = 0.15  # how many conversations begin after another one about the same article
TURN = " / "  # between the two questions before
FOLDER = os.path.dirname(os.path.abspath(__file__))


def plain(text):
    text = text.translate(str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\xa0": " ", "\u00ad": " "})).replace("…", "...")
    return re.sub(r"\s+", " ", re.sub(r"[*_`|]", " ", text)).strip().lower()


def words(text):
    return re.findall(r"\w+", text)


class Gold:
    """A sentence that answers, as the questions' files have it."""

    def __init__(self, line):
        text, _, short = line.partition("||")
        self.short = short.strip()
        self.text = plain(text)
        self.words = words(self.text)

    def found_in(self, sentence, its_words):
        """Whether a sentence, in plain form, holds the gold text, or is the better part of it."""
        if self.text in sentence:
            return True
        if sentence in self.text and len(its_words) >= 0.5 * len(self.words):
            return True
        a, b = set(its_words), set(self.words)
        return bool(a and b) and len(a & b) >= 0.8 * len(b) and len(a & b) >= 0.5 * len(a)


def read(path):
    """The dialogs of a file of questions, by article file: lists of (question, answerable, gold lines)."""
    articles, dialogs = {}, None
    with open(path, encoding="utf-8") as f:
        for line in f:
            key, _, rest = line.rstrip("\n").partition(":")
            rest = rest.strip()
            if key == "file":
                dialogs = articles.setdefault(rest.split()[0], [])
            elif key in ("Q", "U"):
                dialogs.append([(rest, key == "Q", [])])
            elif key in ("F", "UF"):
                dialogs[-1].append((rest, key == "F", []))
            elif key == "A":
                dialogs[-1][-1][2].append(Gold(rest))
    return articles


class Bm25:
    """Windows by the words of a question (Robertson and Zaragoza 2009), to find those that are easily taken for its answer."""

    STOP = set("a an and are as at be but by can do does did for from how i if in is it its me my no not of on or so that the their them then there they this to was we what when where which who why will with you your".split())

    def __init__(self, texts):
        self.counts = [collections.Counter(self.terms(t)) for t in texts]
        self.lengths = [sum(c.values()) for c in self.counts]
        self.mean = sum(self.lengths) / max(1, len(texts))
        self.postings = collections.defaultdict(list)
        for i, c in enumerate(self.counts):
            for term in c:
                self.postings[term].append(i)

    def terms(self, text):
        return [re.sub(r"(ings?|ies|ied|es|ed|ly|s)$", "", w) if len(w) > 4 else w for w in words(text.lower()) if w not in self.STOP]

    def scores(self, question, before=""):
        found = collections.Counter()
        for text, weight in ((question, 1.0), (before, 0.5)):
            for term in set(self.terms(text)):
                df = len(self.postings.get(term, ()))
                idf = math.log(1 + (len(self.counts) - df + 0.5) / (df + 0.5))
                for i in self.postings.get(term, ()):
                    f = self.counts[i][term]
                    found[i] += weight * idf * f * 1.9 / (f + 0.9 * (0.6 + 0.4 * self.lengths[i] / self.mean))
        return found


def fused(lexical, cosines, k=10):
    """Windows by reciprocal rank (Cormack, Clarke and Büttcher 2009), best first."""
    n, total = len(cosines), collections.Counter()
    for order in (sorted(range(n), key=lambda i: -lexical[i]), sorted(range(n), key=lambda i: -cosines[i])):
        for rank, i in enumerate(order[:100]):
            total[i] += 1 / (k + rank)
    return [i for i, _ in total.most_common()]


class Article:
    def __init__(self, row):
        self.title = row["title"]
        self.rows = row["windows"]
        self.texts = [window_text(w) for w in self.rows]
        self.places = [[(s["block"], s["sentence"]) for s in w["context"] + w["sentences"]] for w in self.rows]
        self.own = [{(s["block"], s["sentence"]) for s in w["sentences"]} for w in self.rows]
        self.sentences = {(s["block"], s["sentence"]): s["text"] for w in self.rows for s in w["context"] + w["sentences"]}
        self.plain = {p: (plain(t), words(plain(t))) for p, t in self.sentences.items()}
        self.lexical = Bm25(self.texts)

    def gold(self, lines):
        """The places that answer, with the words that do as characters of the sentence, or None."""
        found = {}
        for g in lines:
            for place, (sentence, its_words) in self.plain.items():
                if place not in found and g.found_in(sentence, its_words):
                    start = self.sentences[place].find(g.short) if g.short else -1
                    found[place] = (start, start + len(g.short)) if start >= 0 else None
        return {p: s for p, s in found.items() if any(p in own for own in self.own)}

    def window(self, i, gold, shown):
        places = self.places[i]
        span = next(((j, *gold[p]) for j, p in enumerate(places) if gold.get(p)), None)
        at = places.index(shown) if shown in places else -1
        return Window(self.rows[i]["heading"], [self.sentences[p] for p in places], [p in gold for p in places], span, at)


def window_text(row):
    """What is embedded of a window: the last two of title and headings, and its sentences, as the Go package index has it."""
    return " ".join(row["heading"].split(" > ")[-2:] + [s["text"] for s in row["context"] + row["sentences"]])


def articles_of(paths):
    """The program's windows of article files, by path."""
    out = subprocess.run(["go", "run", "./train/windows"], cwd=os.path.dirname(FOLDER), input="\n".join(paths), capture_output=True, text=True, check=True)
    return {row["file"]: Article(row) for row in map(json.loads, out.stdout.splitlines())}


def load(shared):
    """Articles with their dialogs."""
    asked = {}
    for path in sorted(glob.glob(f"{shared}/train/register/*/*.q")):
        folder = os.path.dirname(path)
        with open(f"{folder}/SOURCES.tsv", encoding="utf-8") as f:
            doubtful = {line.split("\t")[0].removeprefix("articles/") for line in f if DOUBTFUL.search(line)}
        for file, dialogs in read(path).items():
            file = os.path.join(folder, file if os.path.exists(os.path.join(folder, file)) else "articles/" + file)
            if os.path.basename(file) in doubtful or not os.path.exists(file):
                continue
            asked.setdefault(file, []).extend(dialogs)
    made = articles_of(list(asked))
    return [(f, made[f], asked[f]) for f in asked if f in made and made[f].rows]


@dataclass
class Turn:
    """A question of a conversation about an article, given by its number."""

    article: int
    question: str
    before: str
    gold: dict  # None where the sentence that answers is not among the windows
    last: dict  # the gold of the question before it

    @property
    def query(self):
        return (self.before + " " + self.question).strip()


def conversations(k, article, dialogs, rng):
    """The turns of an article's dialogs. Now and then one about something else has gone before, so that a new question is known for one."""
    for n, dialog in enumerate(dialogs):
        before, last = "", {}
        if len(dialogs) > 1 and rng.random() < BORROWED:
            other = rng.choice(dialogs[:n] + dialogs[n + 1 :])[-1]
            before, last = other[0], article.gold(other[2]) if other[1] else {}
        for question, answerable, lines in dialog:
            gold = article.gold(lines) if answerable else {}
            if answerable and not gold:
                gold = None
            yield Turn(k, question, before, gold, last)
            before, last = said(before, question), gold or {}


def said(before, question):
    """The last two questions, which are read as the one before: the first often names what both are about."""
    return (before.split(TURN)[-1] + TURN + question) if before else question


def main():
    p = argparse.ArgumentParser()
    p.add_argument("shared")
    p.add_argument("out")
    p.add_argument("--encoder", help="weights of the encoder; without, the base model's")
    p.add_argument("--rounds", type=int, default=1)
    p.add_argument("--threads", type=int, default=1)
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    pieces, rng = Pieces(), seeded(5)
    encoder = Encoder(pieces, a.encoder)
    articles = load(a.shared)
    print(len(articles), "articles,", sum(len(x.rows) for _, x, _ in articles), "windows", flush=True)
    cache = a.out + ".vectors"
    known = torch.load(cache) if os.path.exists(cache) else {}
    texts = [t for _, x, _ in articles for t in x.texts]
    turns = [turn for k, (_, article, dialogs) in enumerate(articles) for turn in conversations(k, article, dialogs, rng)]
    wanted = sorted({t for t in texts + [t.query for t in turns] if t not in known})
    if wanted:
        known.update(zip(wanted, encoder(wanted)))
        torch.save(known, cache)
    vectors = torch.stack([known[t] for t in texts])
    where = [(k, i) for k, (_, x, _) in enumerate(articles) for i in range(len(x.rows))]
    firsts = [0] + list(itertools.accumulate(len(x.rows) for _, x, _ in articles))
    print("embedded", flush=True)

    made, lost = [], 0
    for turn in turns:
        file, article, _ = articles[turn.article]
        if turn.gold is None:
            lost += 1
            continue
        kind = os.path.basename(os.path.dirname(os.path.dirname(file)))
        cosines = vectors @ known[turn.query]
        order = fused(article.lexical.scores(turn.question, turn.before), cosines[firsts[turn.article] : firsts[turn.article + 1]].tolist())
        elsewhere = [where[j] for j in torch.topk(cosines, 12).indices.tolist() if where[j][0] != turn.article]
        for _ in range(a.rounds):
            made.append((kind, group(pieces, rng, articles, turn, order, elsewhere)))
    print(len(made), "groups,", sum(len(w.ids) for _, g in made for w in g), "pieces, lost", lost, dict(collections.Counter(kind for kind, _ in made)))
    rng.shuffle(made)
    with open(a.out, "wb") as f:
        pickle.dump(made, f)


def group(pieces, rng, articles, turn, order, elsewhere):
    """The windows of one question: one or two that answer, near misses, now and then one of another article."""
    k, gold, before, last = turn.article, turn.gold, turn.before, turn.last
    article = articles[k][1]
    right = [i for i in range(len(article.rows)) if any(p in gold for p in article.own[i])]
    wrong = [i for i in order if i not in right]
    picked = [(k, i) for i in rng.sample(right, min(len(right), 2 if rng.random() < 0.25 else 1))]
    picked += [(k, i) for i in rng.sample(wrong[:6], min(len(wrong[:6]), (2 if rng.random() < 0.3 else 1) if right else 2))]
    if elsewhere and (rng.random() < 0.2 or len(picked) < 2):
        picked.append(rng.choice(elsewhere[:6]))
    rng.shuffle(picked)
    # What was shown is mostly what was right; now and then another sentence, or nothing.
    shown, luck = None, rng.random()
    if before and last and luck < 0.72:
        shown = rng.choice(sorted(last))
    elif before and luck < 0.84 and order:
        shown = rng.choice(sorted(article.own[order[0]]))
    asked = question_ids(pieces, typed(turn.question, rng), typed(before, rng) if before else "", article.sentences[shown] if shown else "")
    inputs = []
    for r, i in picked:
        inputs.append(build(pieces, asked, articles[r][1].window(i, gold if r == k else {}, shown if r == k else None)))
    return inputs


if __name__ == "__main__":
    main()
