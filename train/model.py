"""The reader: MiniLM with markers, a unit that scores sentences and two that mark the words that answer."""

import torch
from torch import nn
from transformers import BertModel

from text import MARKERS, base_folder


class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        # Without dropout: a quarter of the time saved, and in one or two passes over the data nothing is learned by heart.
        self.bert = BertModel.from_pretrained(
            base_folder(), add_pooling_layer=False, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0
        )
        self.mark = nn.Parameter(torch.randn(MARKERS, 384) * 0.02)
        self.out = nn.Linear(384, 1)
        self.span = nn.Linear(384, 2)
        self.bert.embeddings.word_embeddings.weight.requires_grad = False  # both networks share them

    def forward(self, ids, types, mask):
        words = self.bert.embeddings.word_embeddings(ids)
        marker = (ids > 0) & (ids < MARKERS)
        words = torch.where(marker.unsqueeze(-1), self.mark[ids.clamp(max=MARKERS - 1)], words)
        return self.bert(inputs_embeds=words, token_type_ids=types, attention_mask=mask).last_hidden_state

    def state(self):
        """What is trained: everything but the word embeddings."""
        return {k: v for k, v in self.state_dict().items() if "word_embeddings" not in k}


def collate(inputs):
    """Inputs as padded tensors: ids, token types, mask."""
    length = max(len(w.ids) for w in inputs)
    ids = torch.zeros(len(inputs), length, dtype=torch.long)
    types, mask = torch.zeros_like(ids), torch.zeros_like(ids)
    for i, w in enumerate(inputs):
        n = len(w.ids)
        ids[i, :n] = torch.from_numpy(w.ids.astype("int64"))
        types[i, w.second : n] = 1
        mask[i, :n] = 1
    return ids, types, mask


def loss(reader, groups):
    """Mean loss of the sentences' scores and of the spans, and how many groups have the right sentence (or none) first.

    The scores of all sentences of a group's windows and a constant 0 for "none of them" go through one softmax; what is
    lost is the negative log of the summed probability of those that answer.
    """
    inputs = [w for g in groups for w in g]
    hidden = reader(*collate(inputs))
    scores, spans = reader.out(hidden).squeeze(-1), reader.span(hidden)
    losses, span_losses, right, i = [], [], 0, 0
    for g in groups:
        found, gold = [torch.zeros(1)], []
        for w in g:
            found.append(scores[i, w.marks])
            gold += w.gold
            if w.span:
                logits = spans[i, w.second : len(w.ids)].transpose(0, 1)
                span_losses.append(nn.functional.cross_entropy(logits, torch.tensor(w.span) - w.second))
            i += 1
        found = torch.cat(found)
        gold = torch.tensor([not any(gold)] + gold)
        losses.append(-torch.logsumexp(torch.log_softmax(found, 0)[gold], 0))
        right += bool(gold[found.argmax()])
    return torch.stack(losses).mean(), torch.stack(span_losses).mean() if span_losses else torch.zeros(()), right
