"""Writes small networks as ONNX files with PyTorch's logits for a few images: the cases of test/onnx/files.

Usage: python3 bench/peers/export_onnx.py [DIRECTORY]     (needs PyTorch; Debian's python3-torch is enough)

NAME-OPSET.onnx is the network; NAME.json holds {input: [batch, channels, rows, columns], logits, ...}: images are not stored, they are
drawn by the generator below, which test/onnx/images.ts draws as well.
"""
import json
import os
import sys

import torch
from torch import nn

torch.set_num_threads(1)
OPSETS = (11, 13)
IMAGES = 3


def drawn(count, seed):
    """count numbers of [-1, 1): a linear congruential generator of 32 bits, its upper 24."""
    state, values = seed, []
    for _ in range(count):
        state = (1664525 * state + 1013904223) % 2**32
        values.append((state >> 8) / 2**23 - 1)
    return values


def normed(channels):
    return nn.BatchNorm2d(channels)


def lenet():
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.Hardtanh(-1, 1), nn.AvgPool2d(2),
        nn.Conv2d(6, 16, 5), nn.Hardtanh(-1, 1), nn.AvgPool2d(2),
        nn.Flatten(), nn.Linear(400, 60), nn.Hardtanh(-1, 1), nn.Linear(60, 42), nn.Hardtanh(-1, 1), nn.Linear(42, 10),
    )


def vgg11_bn():
    layers, channels = [], 3
    for width in (8, "M", 12, "M", 16, 16, "M", 24, 24, "M", 24, 24, "M"):
        if width == "M":
            layers.append(nn.MaxPool2d(2))
            continue
        layers += [nn.Conv2d(channels, width, 3, padding=1), normed(width), nn.ReLU()]
        channels = width
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(24, 32), nn.ReLU(), nn.Dropout(), nn.Linear(32, 10))


def vgg_hardtanh():
    layers, channels = [], 3
    for width in (8, "A", 12, "A", 16, 16, "A"):
        if width == "A":
            layers.append(nn.AvgPool2d(2))
            continue
        layers += [nn.Conv2d(channels, width, 3, padding=1, bias=False), normed(width), nn.Hardtanh(-1.5, 1.5)]
        channels = width
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(256, 10))


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), normed(outputs), nn.Hardtanh(-1, 1),
            nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False), normed(outputs),
        )
        self.shortcut = (
            nn.Identity() if stride == 1 and inputs == outputs
            else nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), normed(outputs))
        )
        self.act = nn.Hardtanh(-1, 1)

    def forward(self, x):
        return self.act(self.body(x) + self.shortcut(x))


def resnet8():
    return nn.Sequential(
        nn.Conv2d(3, 8, 3, 1, 1, bias=False), normed(8), nn.Hardtanh(-1, 1),
        Block(8, 8, 1), Block(8, 12, 2), Block(12, 16, 2),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16, 10),
    )


def depthwise():
    layers, channels = [nn.Conv2d(3, 8, 3, 2, 1, bias=False), normed(8), nn.ReLU6()], 8
    for width, stride in ((16, 1), (24, 2), (24, 1)):
        layers += [
            nn.Conv2d(channels, channels, 3, stride, 1, groups=channels, bias=False), normed(channels), nn.ReLU6(),
            nn.Conv2d(channels, width, 1, bias=False), normed(width), nn.ReLU6(),
        ]
        channels = width
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(24, 10))


def no_hidden_layer():
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 10))


def kernels():
    """1x1 and 5x3 kernels with strides of their own."""
    return nn.Sequential(
        nn.Conv2d(2, 6, (5, 3), stride=(2, 1), padding=(2, 1)), nn.Hardtanh(-1, 1),
        nn.Conv2d(6, 9, 1), nn.Hardtanh(-1, 1),
        nn.Conv2d(9, 4, (1, 3)), nn.Hardtanh(-1, 1),
        nn.Flatten(), nn.Linear(4 * 7 * 10, 5),
    )


def dilation():
    return nn.Sequential(
        nn.Conv2d(1, 6, 3, padding=2, dilation=2), nn.Hardtanh(-1, 1),
        nn.Conv2d(6, 8, 3, dilation=2), nn.Hardtanh(-1, 1),
        nn.AvgPool2d(3, stride=2, padding=1), nn.Flatten(), nn.Linear(8 * 12, 7),
    )


def asymmetric():
    return nn.Sequential(
        nn.ZeroPad2d((0, 1, 2, 0)), nn.Conv2d(1, 5, 3, stride=2), nn.Hardtanh(-1, 1),
        nn.ZeroPad2d((1, 2, 0, 1)), nn.Conv2d(5, 6, 2), nn.Hardtanh(-1, 1),
        nn.Flatten(), nn.Linear(6 * 7 * 8, 4),
    )


class Join(nn.Module):
    """Branches whose channels are joined, a leaky clip, a mean over the map."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 6, 3, padding=1), nn.LeakyReLU(0.1), nn.Hardtanh(-1, 1))
        self.narrow = nn.Sequential(nn.Conv2d(6, 4, 1), nn.LeakyReLU(0.1), nn.Hardtanh(-1, 1))
        self.wide = nn.Sequential(nn.Conv2d(6, 5, 3, padding=1), nn.LeakyReLU(0.1), nn.Hardtanh(-1, 1))
        self.last = nn.Linear(15, 6)

    def forward(self, x):
        x = self.stem(x)
        x = torch.cat([x, self.narrow(x), self.wide(x)], 1)
        return self.last(x.mean([2, 3]))


class Quantised(nn.Module):
    """Hardtanh on a grid of 8 levels, by PyTorch's fake quantisation."""

    def __init__(self):
        super().__init__()
        self.first, self.second = nn.Conv2d(1, 6, 3, 2, 1), nn.Linear(6 * 49, 10)

    def forward(self, x):
        x = nn.functional.hardtanh(self.first(x), -1, 1)
        x = torch.fake_quantize_per_tensor_affine(x, 1 / 8, 0, -128, 127)
        return self.second(torch.flatten(x, 1))


CASES = {
    "lenet": (lenet, (1, 28, 28)),
    "vgg11-bn": (vgg11_bn, (3, 32, 32)),
    "vgg-hardtanh": (vgg_hardtanh, (3, 32, 32)),
    "resnet-8": (resnet8, (3, 16, 16)),
    "depthwise": (depthwise, (3, 32, 32)),
    "no-hidden-layer": (no_hidden_layer, (1, 28, 28)),
    "kernels": (kernels, (2, 14, 12)),
    "dilation": (dilation, (1, 12, 10)),
    "asymmetric": (asymmetric, (1, 14, 13)),
    "join": (Join, (3, 12, 12)),
    "quantised": (Quantised, (1, 14, 14)),
}


def settle(network, shape):
    """Batch norms with statistics of their own, as after training."""
    network.train()
    for step in range(8):
        size = 4 * shape[0] * shape[1] * shape[2]
        with torch.no_grad():
            network(torch.tensor(drawn(size, 100 + step)).reshape(4, *shape))
    return network.eval()


def main(directory):
    for name, (make, shape) in CASES.items():
        torch.manual_seed(1)
        network = settle(make(), shape)
        images = torch.tensor(drawn(IMAGES * shape[0] * shape[1] * shape[2], 7)).reshape(IMAGES, *shape)
        with torch.no_grad():
            logits = network(images)
        with open(os.path.join(directory, f"{name}.json"), "w") as out:
            json.dump({"input": [IMAGES, *shape], "seed": 7, "torch": torch.__version__, "logits": logits.tolist()}, out)
            out.write("\n")
        for opset in OPSETS:
            if name == "quantised" and opset < 13:
                continue
            torch.onnx.export(
                network, images[:1], os.path.join(directory, f"{name}-{opset}.onnx"), opset_version=opset,
                # Opset 11 keeps batch norms and dropout as nodes; opset 13 folds them, as the exporter does by default.
                training=torch.onnx.TrainingMode.PRESERVE if opset == 11 else torch.onnx.TrainingMode.EVAL,
                input_names=["image"], output_names=["logits"],
                dynamic_axes={"image": {0: "batch"}, "logits": {0: "batch"}} if opset == 13 else None,
            )


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "test/onnx/files")
