"""How fast torch, and ONNX Runtime where it is installed, compute a network of the model's shape on one thread.

    python speed.py [--windows 6] [--length 150] [--rounds 20]

Compare with `citebot bench` on the same machine, with nothing else running. The weights are random, as they make no
difference to the time. It prints how long one question takes that reads so many windows of so many word pieces, and how many
windows of that length would be embedded in a second.
"""

import argparse
import io
import statistics
import time
import warnings

import torch
from transformers import BertConfig, BertModel


def network():
    """Six layers, 384 wide: the reader and the sentence encoder."""
    config = BertConfig(vocab_size=30522, hidden_size=384, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536)
    return BertModel(config, add_pooling_layer=False).eval()


def contestants(ids):
    """Pairs of a name and a function that computes the states of a batch of ids."""
    net = network()
    yield "torch, float32", lambda x: net(x).last_hidden_state
    half = network().to(torch.bfloat16)
    yield "torch, bfloat16", lambda x: half(x).last_hidden_state
    try:
        small = torch.ao.quantization.quantize_dynamic(network(), {torch.nn.Linear}, dtype=torch.qint8)
        small(ids[:1])
        yield "torch, int8 (dynamic)", lambda x: small(x).last_hidden_state
    except Exception as e:  # not every build of torch has it
        print("torch, int8: not to be had:", str(e).splitlines()[0])
    try:
        yield "ONNX Runtime, float32", onnx(net, ids)
    except ImportError as e:
        print("ONNX Runtime: not installed:", e)


def onnx(net, ids):
    import onnxruntime

    class States(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.net = net

        def forward(self, ids):
            return self.net(ids).last_hidden_state

    file = io.BytesIO()
    axes = {"ids": {0: "windows", 1: "length"}}
    torch.onnx.export(States(), (ids,), file, input_names=["ids"], dynamic_axes=axes, dynamo=False)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(file.getvalue(), options, providers=["CPUExecutionProvider"])
    return lambda x: session.run(None, {"ids": x.numpy()})


def measure(compute, ids, rounds):
    """Median seconds for a batch."""
    compute(ids)
    took = []
    for _ in range(rounds):
        started = time.perf_counter()
        compute(ids)
        took.append(time.perf_counter() - started)
    return statistics.median(took)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--windows", type=int, default=6, help="that are read for a question")
    arguments.add_argument("--length", type=int, default=150, help="of a window with the question, in word pieces")
    arguments.add_argument("--rounds", type=int, default=20)
    a = arguments.parse_args()
    warnings.filterwarnings("ignore")  # int8 in torch is on its way out
    torch.set_num_threads(1)
    torch.manual_seed(1)
    ids = torch.randint(1000, 30000, (a.windows, a.length))
    print(f"{a.windows} windows of {a.length} word pieces, one thread")
    with torch.inference_mode():
        for name, compute in contestants(ids):
            question = measure(compute, ids, a.rounds)
            one = measure(compute, ids[:1], a.rounds)
            print(f"{name:24}{1000 * question:10.1f} ms a question{1 / one:10.1f} windows embedded a second")


if __name__ == "__main__":
    main()
