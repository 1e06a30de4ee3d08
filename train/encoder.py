"""The sentence encoder: mean-pooled, normalised states of MiniLM."""

import torch
from torch import nn
from transformers import BertModel

from text import CLS, SEP, base_folder

TEXT = 140  # pieces of a text that are read


class Encoder:
    def __init__(self, pieces, weights=None):
        self.pieces = pieces
        self.bert = BertModel.from_pretrained(base_folder(), add_pooling_layer=False, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)
        if weights:
            self.bert.load_state_dict(torch.load(weights), strict=False)
        self.bert.embeddings.word_embeddings.weight.requires_grad = False  # both networks share them
        self.bert.eval()

    def vectors(self, texts):
        """A vector a text, as rows; with gradients."""
        inputs = [[CLS] + self.pieces.ids(t)[:TEXT] + [SEP] for t in texts]
        ids = torch.zeros(len(inputs), max(map(len, inputs)), dtype=torch.long)
        mask = torch.zeros_like(ids)
        for i, x in enumerate(inputs):
            ids[i, : len(x)] = torch.tensor(x)
            mask[i, : len(x)] = 1
        hidden = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state
        mean = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return nn.functional.normalize(mean, dim=1)

    def __call__(self, texts, batch=32):
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        made = [None] * len(texts)
        with torch.no_grad():
            for i in range(0, len(order), batch):
                chosen = order[i : i + batch]
                for j, v in zip(chosen, self.vectors([texts[j] for j in chosen])):
                    made[j] = v
        return torch.stack(made)
