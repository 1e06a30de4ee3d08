"""Writes a tiny model of random weights, and what torch computes with it in 32-bit floats: data of the reader's tests.

    python golden.py ../reader/testdata

The files are tiny.bin.gz (weights) and tiny.json (inputs and results).
"""
import gzip
import json
import os
import sys
import tempfile

import numpy as np
import torch
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from transformers import BertConfig, BertModel

from export import MARKERS, export

WIDTH, INNER, LAYERS, POSITIONS = 64, 128, 2, 384
SENTENCE, HEADING, BEFORE, LAST, SHOWN = 1, 2, 3, 4, 5  # markers
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *LETTERS, *("##" + c for c in LETTERS), *".,?!'-", "the", "when", "who", "is",
              "it", "##ing", "##er", "open", "market", "winter", "ferry", "harbour", "boat", "ticket", "night", "stall"]
CLS, SEP = VOCABULARY.index("[CLS]"), VOCABULARY.index("[SEP]")
SENTENCES = [
    "The winter market opens in the night.", "Who is it? It is the ferry!", "Tickets for the boat: 12.50, and nothing for dogs.",
    "Stalls open when the harbour is quiet; the café doesn’t.", "", "   ", "日本 is UNKNOWN here.", "a", "x" * 120,
    "the ferry " * 60]


def state(config, rnd):
    model = BertModel(config, add_pooling_layer=False).eval()
    with torch.no_grad():
        for name, tensor in model.named_parameters():
            values = rnd.standard_normal(tuple(tensor.shape)).astype(np.float32)
            if "LayerNorm" in name:
                values = values * 0.2 + (1 if name.endswith("weight") else 0)
            elif name.endswith("bias"):
                values *= 0.1
            elif "position" in name:
                values = values[np.arange(len(values)) % 24]  # few rows, so that the file is small when it is compressed
            else:
                values *= 0.15 if "encoder" in name else 1
            tensor.copy_(torch.from_numpy(values))
    return model


class Golden:
    def __init__(self, rnd):
        config = BertConfig(vocab_size=len(VOCABULARY), hidden_size=WIDTH, num_hidden_layers=LAYERS, num_attention_heads=WIDTH // 32,
                            intermediate_size=INNER, max_position_embeddings=POSITIONS)
        self.encoder, self.reader = state(config, rnd), state(config, rnd)
        self.reader.embeddings.word_embeddings = self.encoder.embeddings.word_embeddings
        normal = lambda *shape: torch.from_numpy(rnd.standard_normal(shape).astype(np.float32))
        self.mark, self.out, self.span = normal(MARKERS, WIDTH), (normal(1, WIDTH) * .3, normal(1)), (normal(2, WIDTH) * .3, normal(2))
        self.tokenizer = Tokenizer(WordPiece({w: i for i, w in enumerate(VOCABULARY)}, unk_token="[UNK]"))
        self.tokenizer.normalizer = BertNormalizer()
        self.tokenizer.pre_tokenizer = BertPreTokenizer()

    def weights(self, path):
        reader = {"bert." + name: tensor for name, tensor in self.reader.state_dict().items()}
        reader.update({"mark": self.mark, "out.weight": self.out[0], "out.bias": self.out[1],
                       "span.weight": self.span[0], "span.bias": self.span[1]})
        export(path, self.encoder.state_dict(), reader, VOCABULARY)

    def pieces(self, text):
        encoded = self.tokenizer.encode(text, add_special_tokens=False)
        byte = lambda at: len(text[:at].encode())
        return encoded.ids, [(byte(a), byte(b)) for a, b in encoded.offsets]

    def read(self, question, before, shown, heading, sentences, last):
        ids = [CLS]
        if before:
            ids += self.pieces(before)[0][-24:] + [-BEFORE]
        if shown:
            ids += self.pieces(shown)[0][:32] + [-SHOWN]
        ids += self.pieces(question)[0][:60] + [SEP]
        first = len(ids)
        if heading:
            ids += [-HEADING] + self.pieces(heading)[0][-24:]
        placed = []
        for i, sentence in enumerate(sentences):
            room = POSITIONS - len(ids) - 2
            if room < 0:
                break
            pieces, offsets = self.pieces(sentence)
            placed.append((len(ids), offsets[:min(100, room)]))
            ids += [-(LAST if i == last else SENTENCE)] + pieces[:min(100, room)]
        ids.append(SEP)
        ids = torch.tensor([ids])
        types = torch.zeros_like(ids)
        types[:, first:] = 1
        with torch.no_grad():
            words = self.encoder.embeddings.word_embeddings(ids.clamp(min=0))
            words = torch.where((ids < 0).unsqueeze(-1), self.mark[(-ids).clamp(min=0)], words)
            states = self.reader(inputs_embeds=words, token_type_ids=types, attention_mask=torch.ones_like(ids)).last_hidden_state[0]
            scores, spans = torch.nn.functional.linear(states, *self.out)[:, 0], torch.nn.functional.linear(states, *self.span)
        read = [{"logodds": scores[m].item(),
                 "pieces": [[a, b, *(round(v, 5) for v in spans[m + 1 + n].tolist())] for n, (a, b) in enumerate(offsets)]}
                for m, offsets in placed]
        return {"question": question, "before": before, "shown": shown, "heading": heading, "sentences": sentences, "last": last,
                "read": read}

    def embed(self, text):
        ids = torch.tensor([[CLS] + self.pieces(text)[0][:140] + [SEP]])
        with torch.no_grad():
            states = self.encoder(ids, attention_mask=torch.ones_like(ids)).last_hidden_state[0]
        return {"text": text, "vector": [round(v, 6) for v in torch.nn.functional.normalize(states.mean(0), dim=0).tolist()]}


def main():
    folder = sys.argv[1]
    golden = Golden(np.random.default_rng(1))
    with tempfile.TemporaryDirectory() as temporary:
        golden.weights(os.path.join(temporary, "tiny.bin"))
        with open(os.path.join(temporary, "tiny.bin"), "rb") as file, open(os.path.join(folder, "tiny.bin.gz"), "wb") as out:
            out.write(gzip.compress(file.read(), 9, mtime=0))
    long = "who is the ferry " * 30
    reads = [golden.read(*case) for case in [
        ("When is the market open?", "", "", "", SENTENCES[:4], -1),
        ("And the stalls?", "When is the market open?", SENTENCES[0], "Winter - Market", SENTENCES[:4], 0),
        ("who", "", SENTENCES[2], "boats", SENTENCES[4:8], 3),
        ("", "", "", "", [""], -1),
        ("who", "", "", "ferry", [], -1),
        (long, long, long, long, SENTENCES + [SENTENCES[9]] * 3, 9),
    ]]
    embeds = [golden.embed(text) for text in ["", SENTENCES[0], SENTENCES[6], long, SENTENCES[9] * 5]]
    with open(os.path.join(folder, "tiny.json"), "w", encoding="utf-8") as file:
        json.dump({"read": reads, "embed": embeds}, file, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
