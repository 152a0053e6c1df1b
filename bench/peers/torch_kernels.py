"""PyTorch as a peer of the kernel benchmarks: one process per thread count, commands on stdin, answers on stdout.

  run CASE SECONDS -> seconds X    median time of one call, calls repeated for SECONDS
  forget           -> ok           drops tensors of earlier cases
  memory           -> bytes N      peak resident set of the process
  anything wrong   -> error TEXT

Cases: gemm:N, conv:PASS:BATCH:MAP:KERNEL:IN:OUT (PASS forward, input or weights), train:NET:BATCH, infer:NET:BATCH.
"""
import os
import resource
import sys
import time

import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval, fuse_linear_bn_eval

PLAN = [64, 64, "A", 128, 128, "A", 256, 256, 256, "A", 512, 512, 512, "A", 512, 512, 512, "A"]


def clip():
    """The clipped activation with a fixed bound: PyTorch's own fused kernel, forward and backward."""
    return nn.Hardtanh(-1.0, 1.0, inplace=True)


def cnn():
    def block(ins, outs):
        return [nn.Conv2d(ins, outs, 5, padding=2, bias=False), nn.BatchNorm2d(outs), clip(), nn.AvgPool2d(2)]

    head = [nn.Flatten(), nn.Linear(3136, 512, bias=False), nn.BatchNorm1d(512), clip(), nn.Linear(512, 10)]
    return nn.Sequential(*block(1, 32), *block(32, 64), *head), (1, 28, 28)


def vgg16():
    layers, channels = [], 3
    for step in PLAN:
        if step == "A":
            layers.append(nn.AvgPool2d(2))
        else:
            layers += [nn.Conv2d(channels, step, 3, padding=1, bias=False), nn.BatchNorm2d(step), clip()]
            channels = step
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(512, 10)), (3, 32, 32)


NETS = {"cnn": cnn, "vgg16": vgg16}


def folded(net):
    """Batch norms moved into the layer before, as the other side of the comparison does."""
    layers = []
    for layer in net.eval():
        if isinstance(layer, nn.BatchNorm2d):
            layers[-1] = fuse_conv_bn_eval(layers[-1], layer)
        elif isinstance(layer, nn.BatchNorm1d):
            before = layers[-1]
            if before.bias is None:
                before.bias = nn.Parameter(torch.zeros(before.out_features))
            layers[-1] = fuse_linear_bn_eval(before, layer)
        else:
            layers.append(layer)
    return nn.Sequential(*layers).eval()


def format_of(name):
    return torch.channels_last if name == "last" else torch.contiguous_format


LAYOUT = format_of(os.environ.get("STRELU_TORCH_LAYOUT", "first"))


def network(kind, name, batch):
    torch.manual_seed(1)
    net, shape = NETS[name]()
    x = torch.randn(batch, *shape).contiguous(memory_format=LAYOUT)
    if kind == "infer":
        net = folded(net).to(memory_format=LAYOUT)

        def infer():
            with torch.inference_mode():
                net(x)

        return infer
    net = net.to(memory_format=LAYOUT).train()
    labels = torch.arange(batch) % 10
    loss_of = nn.CrossEntropyLoss()
    optimiser = torch.optim.SGD(net.parameters(), lr=1e-3, momentum=0.9, nesterov=True, weight_decay=5e-4)

    def train():
        optimiser.zero_grad(set_to_none=True)
        loss = loss_of(net(x), labels)
        loss.backward()
        optimiser.step()
        loss.item()

    return train


def convolution(kind, batch, size, kernel, ins, outs):
    x = torch.randn(batch, ins, size, size).contiguous(memory_format=LAYOUT)
    dy = torch.randn(batch, outs, size, size).contiguous(memory_format=LAYOUT)
    w = torch.randn(outs, ins, kernel, kernel).contiguous(memory_format=LAYOUT)
    p = kernel // 2
    if kind == "forward":
        return lambda: torch.nn.functional.conv2d(x, w, padding=p)
    wanted = [kind == "input", kind == "weights", False]
    backward = torch.ops.aten.convolution_backward
    return lambda: backward(dy, x, w, None, [1, 1], [p, p], [1, 1], False, [0, 0], 1, wanted)


def make(case):
    kind, *rest = case.split(":")
    if kind == "gemm":
        a, b = torch.randn(int(rest[0]), int(rest[0])), torch.randn(int(rest[0]), int(rest[0]))
        c = torch.empty_like(a)
        return lambda: torch.mm(a, b, out=c)
    if kind == "conv":
        return convolution(rest[0], *map(int, rest[1:]))
    if kind in ("train", "infer"):
        return network(kind, rest[0], int(rest[1]))
    raise ValueError(f"unknown case {case}")


def median_time(run, seconds):
    times = []
    end = time.perf_counter() + seconds
    while True:
        start = time.perf_counter()
        run()
        now = time.perf_counter()
        times.append(now - start)
        if now >= end:
            return sorted(times)[len(times) // 2]


def main():
    torch.set_num_threads(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
    print("ready", torch.__version__, flush=True)
    cases = {}
    for line in sys.stdin:
        words = line.split()
        try:
            if words[0] == "run":
                run = cases.get(words[1]) or cases.setdefault(words[1], make(words[1]))
                print("seconds", median_time(run, float(words[2])), flush=True)
            elif words[0] == "forget":
                cases.clear()
                print("ok", flush=True)
            elif words[0] == "memory":
                print("bytes", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, flush=True)
            else:
                raise ValueError(f"unknown command {words[0]}")
        except Exception as error:
            print("error", str(error).replace("\n", " "), flush=True)


main()
