"""The rounding to bytes that the program computes with, in torch: to train with it and to measure what it costs.

    from rounding import round_linears
    round_linears(reader.bert)   # from here on its layers compute as the program does; names of weights stay

Weights are -63 to 63 times a scale for each row; activations 0 to 255, less a zero and times a scale for each token. See
../reader/internal/kernel. Gradients pass as if nothing were rounded.
"""

import torch
from torch import nn

from export import MATRIX_LIMIT


def through(exact, rounded):
    """The rounded value, with the gradient of the exact one."""
    return exact + (rounded - exact).detach()


def round_weight(weight):
    scale = weight.detach().abs().amax(dim=1, keepdim=True).clamp(min=1e-30) / MATRIX_LIMIT
    return through(weight, (weight / scale).round().clamp(-MATRIX_LIMIT, MATRIX_LIMIT) * scale)


def round_activations(x):
    low = x.detach().amin(dim=-1, keepdim=True).clamp(max=0)
    high = x.detach().amax(dim=-1, keepdim=True).clamp(min=0)
    step = (high - low).clamp(min=1e-30) / 255
    zero = (-low / step).round()
    return through(x, (((x / step).round() + zero).clamp(0, 255) - zero) * step)


class RoundedLinear(nn.Linear):
    def forward(self, x):
        return nn.functional.linear(round_activations(x), round_weight(self.weight), self.bias)


def round_linears(bert, on=True):
    """Turns the rounding of all linear maps in the layers of a BertModel on or off."""
    for module in bert.encoder.modules():
        if isinstance(module, nn.Linear):
            module.__class__ = RoundedLinear if on else nn.Linear
