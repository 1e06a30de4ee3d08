"""Writes the weights file that the reader embeds; the format is described in ../reader/weights.go.

    python export.py ENCODER.pt READER.pt ../reader/weights.bin

ENCODER.pt holds the trained encoder's state, with BertModel's names; "-" stands for the base model as it is. READER.pt holds the
reader's: "bert." and the same names, "mark" (8 x 384), "out." (the score unit) and "span." (the span units). Word embeddings, and
what ENCODER.pt leaves out, are taken from the base model.

From Python: export(path, encoder, reader, vocabulary).
"""

import argparse
import os
import struct
import zlib

import numpy as np

MAGIC, VERSION, ALIGN = b"CITEREAD", 1, 64
POSITIONS = 384  # the longest input
MARKERS = 8
WORD_LIMIT, MATRIX_LIMIT = 127, 63  # products with matrices must fit 16 bits in pairs, see ../reader/internal/kernel


def array(tensor):
    """A torch tensor or numpy array as float32."""
    if hasattr(tensor, "detach"):
        tensor = tensor.detach().float().cpu().numpy()
    return np.ascontiguousarray(tensor, dtype=np.float32)


def quantize(matrix, limit):
    """Bytes and a scale for each row of matrix."""
    highest = np.abs(matrix).max(axis=1).astype(np.float32)
    scale = np.where(highest > 0, highest / np.float32(limit), np.float32(1e-30)).astype(np.float32)
    return np.clip(np.rint(matrix / scale[:, None]), -limit, limit).astype(np.int8), scale


class File:
    """The parts of the file, each at a multiple of ALIGN bytes."""

    def __init__(self):
        self.parts, self.length = [], 0

    def add(self, data):
        data = data if isinstance(data, bytes) else np.ascontiguousarray(data).tobytes()
        self.parts.append(data + b"\0" * (-len(data) % ALIGN))

    def floats(self, *arrays):
        for a in arrays:
            self.add(array(a).astype("<f4"))

    def matrix(self, weight, bias):
        q, scale = quantize(array(weight), MATRIX_LIMIT)
        columns, steps = q.shape
        self.floats(scale, bias)
        self.add(q.sum(axis=1, dtype=np.int64).astype("<i4"))
        self.add(q.reshape(columns // 16, 16, steps // 4, 4).transpose(0, 2, 1, 3))

    def network(self, state, prefix, layers):
        def get(name):
            return array(state[prefix + name])

        self.floats(get("embeddings.position_embeddings.weight")[:POSITIONS], get("embeddings.token_type_embeddings.weight"))
        self.floats(get("embeddings.LayerNorm.weight"), get("embeddings.LayerNorm.bias"))
        for n in range(layers):
            layer = f"encoder.layer.{n}."
            parts = [layer + f"attention.self.{part}." for part in ("query", "key", "value")]
            self.matrix(np.concatenate([get(p + "weight") for p in parts]), np.concatenate([get(p + "bias") for p in parts]))
            for linear, norm in (("attention.output.dense.", "attention.output.LayerNorm."),
                                 ("intermediate.dense.", None), ("output.dense.", "output.LayerNorm.")):
                self.matrix(get(layer + linear + "weight"), get(layer + linear + "bias"))
                if norm:
                    self.floats(get(layer + norm + "weight"), get(layer + norm + "bias"))


def export(path, encoder, reader, vocabulary):
    """Writes the file. encoder is BertModel's state of the sentence encoder, reader that of the reader, vocabulary a list."""
    words = array(encoder["embeddings.word_embeddings.weight"])
    width = words.shape[1]
    inner = encoder["encoder.layer.0.intermediate.dense.weight"].shape[0]
    layers = sum(name.endswith("attention.self.query.weight") for name in encoder)
    if len(vocabulary) != len(words):
        raise ValueError(f"{len(vocabulary)} words but {len(words)} rows of word embeddings")
    if tuple(reader["mark"].shape) != (MARKERS, width):
        raise ValueError(f"mark is {tuple(reader['mark'].shape)}, not {(MARKERS, width)}")
    text = "".join(word + "\n" for word in vocabulary).encode()
    file = File()
    file.add(text)
    q, scale = quantize(words, WORD_LIMIT)
    file.floats(scale)
    file.add(q)
    file.floats(reader["mark"])
    file.network(encoder, "", layers)
    file.network(reader, "bert.", layers)
    file.floats(reader["out.weight"], reader["out.bias"], reader["span.weight"], reader["span.bias"])
    body = b"".join(file.parts)
    rest = struct.pack("<QIIIIII16x", 64 + len(body), len(words), len(text), width, inner, POSITIONS, layers) + body
    with open(path, "wb") as out:
        out.write(MAGIC + struct.pack("<II", VERSION, zlib.crc32(rest)) + rest)


def load_base(folder):
    """The base model's state, and its vocabulary."""
    from safetensors.numpy import load_file

    state = {name.removeprefix("bert."): tensor for name, tensor in load_file(os.path.join(folder, "model.safetensors")).items()}
    with open(os.path.join(folder, "vocab.txt"), encoding="utf-8") as file:
        return state, file.read().removesuffix("\n").split("\n")


def main():
    import torch

    from text import base_folder

    p = argparse.ArgumentParser()
    p.add_argument("encoder")
    p.add_argument("reader")
    p.add_argument("path")
    a = p.parse_args()
    encoder, vocabulary = load_base(base_folder())
    if a.encoder != "-":
        encoder.update({n: t for n, t in torch.load(a.encoder, map_location="cpu").items() if "word_embeddings" not in n})
    export(a.path, encoder, torch.load(a.reader, map_location="cpu"), vocabulary)


if __name__ == "__main__":
    main()
